"""Where each sub-district lies on the tile map: eight columns, north above; the places are roughly those of a map."""

COLUMNS = 8
ROWS = (
    ", , 来广营地区, , 孙河地区, , 首都机场街道, ",
    "奥运村街道, 大屯街道, 望京街道, 东湖街道, 崔各庄地区, , , ",
    "亚运村街道, 小关街道, 太阳宫地区, 将台地区, 酒仙桥街道, 东坝地区, 金盏地区, ",
    "安贞街道, 和平街街道, 香河园街道, 左家庄街道, 麦子店街道, 东风地区, 平房地区, 常营地区",
    ", , 三里屯街道, 团结湖街道, 六里屯街道, 八里庄街道, 三间房地区, 管庄地区",
    ", , 朝外街道, 呼家楼街道, 建外街道, 高碑店地区, , ",
    ", , 双井街道, 劲松街道, 南磨房地区, 王四营地区, 豆各庄地区, 黑庄户地区",
    ", , 小红门地区, 潘家园街道, 十八里店地区, 垡头街道, , ",
)
GRID: tuple[tuple[str, ...], ...] = tuple(tuple(name.strip() for name in row.split(",")) for row in ROWS)
AREAS: tuple[str, ...] = tuple(name for row in GRID for name in row if name)


def short(area: str) -> str:
    """As a tile says it: 酒仙桥, not 酒仙桥街道."""
    return area.removesuffix("街道").removesuffix("地区") or area
