# The site as gunicorn serves it. Build: docker build -t jiangchuang .     Settings come from the environment; see marketplace/config.py.
FROM python:3.13-slim AS build
ENV PIP_DISABLE_PIP_VERSION_CHECK=1 PIP_NO_CACHE_DIR=1
RUN python -m venv /venv
ENV PATH=/venv/bin:$PATH
WORKDIR /source
COPY requirements-production.txt .
RUN pip install --require-hashes -r requirements-production.txt
COPY . .
RUN python -m hatchling build -t wheel && pip install --no-deps dist/*.whl

FROM python:3.13-slim
RUN useradd --system --uid 10001 --home-dir /data --shell /usr/sbin/nologin site && install -d -o site -g site -m 700 /data
COPY --from=build /venv /venv
ENV PATH=/venv/bin:$PATH PYTHONUNBUFFERED=1 PYTHONDONTWRITEBYTECODE=1 DATA_DIR=/data WEB_CONCURRENCY=2
USER site
WORKDIR /data
VOLUME /data
EXPOSE 8000
HEALTHCHECK --interval=10s --timeout=5s --start-period=60s \
  CMD ["python", "-c", "import urllib.request as u; u.urlopen('http://127.0.0.1:8000/healthz', timeout=3)"]
CMD ["gunicorn", "wsgi:app", "--bind", "0.0.0.0:8000", "--worker-class", "gthread", "--threads", "8", \
  "--timeout", "60", "--graceful-timeout", "15", "--worker-tmp-dir", "/dev/shm"]
