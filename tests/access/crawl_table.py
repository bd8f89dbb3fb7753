"""Who is received how, on every way of the site: one line for each method and address.

A new route needs a row here, else the crawl fails; how to add one:

1. `METHOD /address`: as a reader writes it; what follows `?` is sent in the body of a POST.
   `{}` is the row's thing, `{word}` another thing of the scene (`crawl.py`, `ids`).
   Where a part of the address decides who may (a verb, a kind), each has a line of its own.
2. `shown/hidden`: two things of the scene by their names in `things.py`: one that everybody may read and one that only those inside may.
   Either may be missing (`studio/`, `/view`); an address without `{}` has none. Every `{}` is asked for a thing that does not exist, too.
3. A word for each reader, in the order of READERS:
   `+` let in to both            `o` let in to what is shown, the hidden one is absent (404)
   `-` forbidden (403) on what is shown, the hidden one is absent
   `=` both can be read, neither may be acted on: 403       `~` let in to the hidden one alone, 403 on the shown one
   `.` both are absent           `x` the door is closed (403), whatever is asked for, also for what does not exist
   `>` a guest is led to the sign-in, whatever is asked for
   `*` let in, whatever is asked for: there it says that nothing is left to do
   With `+ o - = ~ .` a missing thing is absent: 404.

Own and other: all things are made by the owner (of a studio, an association and two enterprises) below the officer's unit. `stranger` is the
officer of another sub-district, `firm` the user of another enterprise, `neighbour` the leader of another studio, `technician` an officer of another
association."""

from dataclasses import dataclass

READERS = ("guest", "worker", "firm", "neighbour", "owner", "officer", "stranger", "technician", "administrator")
OUTCOMES = {
    "+": ("in", "in", "absent"), "o": ("in", "absent", "absent"), "-": ("forbidden", "absent", "absent"), "=": ("forbidden", "forbidden", "absent"),
    "~": ("forbidden", "in", "absent"), ".": ("absent", "absent", "absent"), "x": ("forbidden",) * 3, ">": ("sign in",) * 3, "*": ("in",) * 3,
}  # fmt: skip

TABLE = """
GET /                                                                   |                               | + + + + + + + + +
GET /accessibility                                                      |                               | + + + + + + + + +
GET /account/password                                                   |                               | > + + + + + + + +
POST /account/password                                                  |                               | > + + + + + + + +
GET /accounts                                                           |                               | > x x x x x x x +
POST /accounts                                                          |                               | > x x x x x x x +
GET /accounts/{}                                                        | account/                      | > x x x x x x x +
GET /accounts/{}/roles                                                  | owner account/                | > . . . + + . . +
POST /accounts/{owner account}/roles/{}/end                             | /owner holding                | > . . . = + . . +
GET /accounts/{owner account}/roles/{}/extend                           | /owner holding                | > . . . = + . . +
POST /accounts/{owner account}/roles/{}/extend                          | /owner holding                | > . . . = + . . +
GET /permissions                                                        |                               | > + + + + + + + +
GET /roles                                                              |                               | > + + + + + + + +
GET /roles/organisation/{}                                              | street/                       | > - - - - + - - +
POST /roles/organisation/{}                                             | street/                       | > - - - - + - - +
GET /roles/enterprise/{}                                                | enterprise/                   | > - - - + + - - +
POST /roles/enterprise/{}?who=nobody&role=enterprise-user               | enterprise/                   | > - - - + + - - +
GET /roles/association/{}                                               | association/                  | > - - - + + - - +
POST /roles/association/{}                                              | association/                  | > - - - - + - - +
GET /roles/lend/{}                                                      | /owner holding                | > . . . + . . . .
POST /roles/lend/{}                                                     | /owner holding                | > . . . + . . . .
GET /roles/requests                                                     |                               | > x x x x x x x +
GET /roles/requests/{}                                                  | /request                      | > x x x x x x x +
POST /roles/requests/{}/steps/confirm                                   | /request                      | > x x x x x x x +
POST /roles/requests/{}/steps/refuse                                    | /request                      | > x x x x x x x +
POST /roles/requests/{}/steps/withdraw                                  | /request                      | > x x x x x x x =
GET /achievements/{}                                                    | achievement/draft work        | o o o o + o o o o
GET /achievements/{}/copy                                               | revised work/draft work       | > - - - o o - - -
GET /achievements/{}/edit                                               | achievement/draft work        | > - - - + - - - -
POST /achievements/{}/edit                                              | achievement/draft work        | > - - - + - - - -
POST /achievements/{}/files                                             | achievement/draft work        | > - - - + - - - -
GET /achievements/{achievement}/files/{}                                | file/                         | - + + + + + + + +
POST /achievements/{}/files/{file}/remove                               | achievement/draft work        | > - - - + - - - -
GET /achievements/{}/matches                                            | achievement/draft work        | o o o o + o o o o
GET /achievements/{}/opinions                                           | achievement/draft work        | > - - - + - - - -
GET /achievements/{}/patents/new                                        | achievement/draft work        | > - - - + - - - -
POST /achievements/{}/patents/new                                       | achievement/draft work        | > - - - + - - - -
POST /achievements/{}/share?answer=confirmed                            | achievement/draft work        | > - - - + - - - -
POST /achievements/{}/steps/submit                                      | achievement/draft work        | > - - - + - - - -
POST /achievements/{}/steps/publish                                     | achievement/submitted work    | > - - - = + - - -
POST /achievements/{}/steps/return                                      | achievement/submitted work    | > - - - = + - - -
POST /achievements/{}/steps/withdraw                                    | achievement/draft work        | > - - - + - - - -
POST /achievements/{}/steps/take_down                                   | achievement/draft work        | > - - - = o - - -
GET /achievements/{}/versions/1                                         | achievement/draft work        | > - - - o o - - -
GET /achievements/adopters                                              |                               | > + + + + + + + +
GET /achievements/new                                                   |                               | > + + + + + + + +
POST /achievements/new                                                  |                               | > + + + + + + + +
GET /associations                                                       |                               | + + + + + + + + +
GET /associations/{}                                                    | association/                  | + + + + + + + + +
GET /associations/{}/edit                                               | association/                  | > - - - - + - - -
POST /associations/{}/edit                                              | association/                  | > - - - - + - - -
GET /associations/{}/members                                            | association/                  | > - - - - + - - -
POST /associations/{}/members                                           | association/                  | > - - - - + - - -
POST /associations/{}/members/{hidden person}/end                       | association/                  | > - - - - + - - -
POST /associations/{}/steps/close                                       | association/                  | > - - - - + - - -
GET /associations/{}/versions/1                                         | association/                  | > - - - + + - - -
GET /associations/new                                                   |                               | > x x x x + + x x
POST /associations/new                                                  |                               | > x x x x + + x x
GET /compare                                                            |                               | + + + + + + + + +
GET /conflicts                                                          |                               | > x x x x + + x +
GET /conflicts/kin                                                      |                               | > + + + + + + + +
POST /conflicts/kin                                                     |                               | > + + + + + + + +
POST /conflicts/kin/{}/end                                              | /kin                          | > o o o + o o o o
GET /conflicts/rule                                                     |                               | > x x x x x x x +
POST /conflicts/rule                                                    |                               | > x x x x x x x +
POST /drafts/Need.new                                                   |                               | > + + + + + + + +
POST /drafts/Need.new/discard                                           |                               | > + + + + + + + +
GET /enquiries                                                          |                               | > + + + + + + + +
GET /enquiries/{}                                                       | /enquiry                      | > o o o + o o o o
POST /enquiries/{}                                                      | /enquiry                      | > o o o + o o o o
GET /enquiries/new                                                      |                               | > + + + + + + + +
GET /enquiries/new/achievement/{}                                       | achievement/draft work        | > - o - - - - o -
POST /enquiries/new/achievement/{}                                      | achievement/draft work        | > - o - - - - o -
POST /enquiries/save/achievement/{}                                     | achievement/draft work        | > o o o + o o o o
GET /enterprises/                                                       |                               | + + + + + + + + +
GET /enterprises/{}                                                     | enterprise/                   | + + + + + + + + +
GET /enterprises/{}/edit                                                | enterprise/                   | > - - - + + - - -
POST /enterprises/{}/edit                                               | enterprise/                   | > - - - + + - - -
GET /enterprises/{}/versions/1                                          | enterprise/                   | > - - - + + - - -
GET /enterprises/new                                                    |                               | > x x x x + + x +
POST /enterprises/new                                                   |                               | > x x x x + + x +
GET /healthz                                                            |                               | + + + + + + + + +
GET /help                                                               |                               | + + + + + + + + +
GET /imports                                                            |                               | > x x x x + + x +
POST /imports                                                           |                               | > x x x x + + x +
GET /imports/{}                                                         | /batch                        | > x x x x + o x o
POST /imports/{}/continue                                               | /batch                        | > x x x x + o x o
GET /imports/{}/faults.xlsx                                             | /batch                        | > x x x x o o x o
POST /imports/{}/steps/run                                              | /batch                        | > x x x x + o x o
POST /imports/{}/steps/discard                                          | /batch                        | > x x x x + o x o
POST /imports/{}/steps/undo                                             | /batch                        | > x x x x + o x o
GET /imports/templates/worker.xlsx                                      |                               | > x x x x + + x +
GET /language/en                                                        |                               | + + + + + + + + +
GET /listings/{}                                                        | listing/draft listing         | o o o o + o o o o
GET /listings/{}/copy                                                   | revised listing/draft listing | > - - - o o - - -
GET /listings/{}/edit                                                   | listing/draft listing         | > - - - + - - - -
POST /listings/{}/edit                                                  | listing/draft listing         | > - - - + - - - -
GET /listings/{}/matches                                                | listing/draft listing         | o o o o + o o o o
GET /listings/{}/opinions                                               | listing/draft listing         | > - - - + - - - -
POST /listings/{}/steps/submit                                          | listing/draft listing         | > - - - + - - - -
POST /listings/{}/steps/publish                                         | listing/submitted listing     | > - - - = + - - -
POST /listings/{}/steps/withdraw                                        | listing/draft listing         | > - - - + - - - -
POST /listings/{}/steps/take_down                                       | listing/draft listing         | > - - - = o - - -
GET /listings/{}/versions/1                                             | listing/draft listing         | > - - - o o - - -
GET /listings/new                                                       |                               | > + + + + + + + +
POST /listings/new                                                      |                               | > + + + + + + + +
GET /metrics                                                            |                               | . . . . . . . . +
GET /my                                                                 |                               | > + + + + + + + +
GET /needs                                                              |                               | + + + + + + + + +
GET /needs/{}                                                           | open need/draft need          | o o o o + o o o o
GET /needs/{}/copy                                                      | revised need/draft need       | > - - - o o - - -
GET /needs/{}/edit                                                      | open need/draft need          | > - - - + - - - -
POST /needs/{}/edit                                                     | open need/draft need          | > - - - + - - - -
GET /needs/{}/matches                                                   | open need/draft need          | o o o o + o o o o
POST /needs/{}/matches/achievement/{achievement}/opinion?verdict=useful | open need/draft need          | > o o o = o o o o
POST /needs/{}/matches/achievement/{achievement}/opinion/undo           | open need/draft need          | > o o o = o o o o
GET /needs/{}/matches/first                                             | open need/draft need          | o o o o + o o o o
POST /needs/{}/steps/submit                                             | open need/draft need          | > - - - + - - - -
POST /needs/{}/steps/publish                                            | open need/submitted need      | > - - - = + - - -
POST /needs/{}/steps/withdraw                                           | open need/draft need          | > - - - + - - - -
POST /needs/{}/steps/take_down                                          | open need/draft need          | > - - - = o - - -
POST /needs/{}/steps/reveal                                             | anonymous need/               | > - - - + - - - -
GET /needs/{}/versions/1                                                | open need/draft need          | > - - - o o - - -
GET /needs/near?achievement={}                                          | achievement/draft work        | o o o o + o o o o
GET /needs/new                                                          |                               | > x + x + + + x x
POST /needs/new                                                         |                               | > x + x + + + x x
GET /network/                                                           |                               | + + + + + + + + +
GET /network/achievement/{}                                             | achievement/draft work        | o o o o + o o o o
GET /network/achievement/{}.json                                        | achievement/draft work        | o o o o + o o o o
GET /network/achievement/{}/changes                                     | achievement/draft work        | > x x x x o o x o
GET /network/achievement/{}/counts                                      | achievement/draft work        | o o o o + o o o o
POST /network/export                                                    |                               | > + + + + + + + +
GET /network/find.json                                                  |                               | + + + + + + + + +
GET /network/path                                                       |                               | > x x x x + + x +
GET /network/path.json                                                  |                               | > x x x x + + x +
GET /network/questions                                                  |                               | + + + + + + + + +
GET /network/questions/worked-with                                      |                               | + + + + + + + + +
GET /network/questions/things                                           |                               | + + + + + + + + +
GET /notices                                                            |                               | > + + + + + + + +
POST /notices/{}                                                        | /notice                       | > o o o + o o o o
POST /notices/read                                                      |                               | > + + + + + + + +
GET /organisations                                                      |                               | + + + + + + + + +
GET /organisations/{}                                                   | street/                       | + + + + + + + + +
GET /organisations/{}/edit                                              | street/                       | > x x x x + - x +
POST /organisations/{}/edit                                             | street/                       | > x x x x + - x +
GET /organisations/new                                                  |                               | > x x x x + + x +
POST /organisations/new                                                 |                               | > x x x x + + x +
GET /outbox                                                             |                               | > x x x x x x x +
POST /outbox/{}/retry                                                   |                               | > x x x x x x x *
POST /outbox/retry                                                      |                               | > x x x x x x x +
GET /patents/{}                                                         | patent/                       | + + + + + + + + +
POST /patents/{}/achievements                                           | patent/                       | > - - - + + - - -
POST /patents/{}/achievements/{achievement}/remove                      | patent/                       | > - - - + - - - -
GET /patents/{}/edit                                                    | patent/                       | > - - - + + - - -
POST /patents/{}/edit                                                   | patent/                       | > - - - + + - - -
GET /patents/{}/versions/1                                              | patent/                       | > - - - + + - - -
GET /patents/new                                                        |                               | > + + + + + + + +
POST /patents/new                                                       |                               | > + + + + + + + +
GET /people                                                             |                               | + + + + + + + + +
GET /people/duplicates                                                  |                               | > x x x x + + x x
POST /people/duplicates/{}/{other}/apart                                | one/                          | > x x x x + - x x
POST /people/duplicates/{}/{other apart}/doubt                          | apart/                        | > x x x x + - x x
GET /people/merge/{}/{other}                                            | one/hidden person             | > x x x x + - x x
POST /people/merge/{}/{other}                                           | one/hidden person             | > x x x x + - x x
GET /people/merges?into={}                                              | card/hidden person            | > x x x x + - x x
GET /people/merges/{}                                                   | /merge                        | > x x x x + o x x
POST /people/merges/{}/split                                            | /merge                        | > x x x x + o x x
GET /privacy                                                            |                               | + + + + + + + + +
GET /readyz                                                             |                               | + + + + + + + + +
GET /reviews                                                            |                               | > x x x x + + x x
POST /reviews/{}/claim                                                  | /review                       | > x x x x + o x x
POST /reviews/{}/take_over                                              | /review                       | > x x x x + o x x
POST /reviews/{}/release                                                | /review                       | > x x x x = o x x
POST /reviews/{}/declare?declaration=none                               | /review                       | > x x x x + o x x
GET /reviews/report?kind=achievement&id={}                              | achievement/draft work        | > o o o + o o o o
POST /reviews/report?kind=achievement&id={}                             | achievement/draft work        | > o o o + o o o o
POST /reviews/reports/{}/dismiss                                        | /report                       | > x x x x + o x x
GET /search                                                             |                               | + + + + + + + + +
POST /search/export?format=csv                                          |                               | > + + + + + + + +
GET /search/similar                                                     |                               | > + + + + + + + +
GET /search/suggest                                                     |                               | + + + + + + + + +
GET /sign-in                                                            |                               | + + + + + + + + +
POST /sign-in                                                           |                               | + + + + + + + + +
POST /sign-out                                                          |                               | + + + + + + + + +
GET /static/img/mark.svg                                                |                               | + + + + + + + + +
GET /studios                                                            |                               | + + + + + + + + +
GET /studios/{}                                                         | studio/                       | + + + + + + + + +
GET /studios/{}/edit                                                    | studio/                       | > - - - + + - - -
POST /studios/{}/edit                                                   | studio/                       | > - - - + + - - -
GET /studios/{}/members                                                 | studio/                       | > - - - + + - - -
POST /studios/{}/members                                                | studio/                       | > - - - + + - - -
POST /studios/{}/members/{hidden person}/end                            | studio/                       | > - - - + + - - -
POST /studios/{}/steps/close                                            | studio/                       | > - - - - + - - -
GET /studios/{}/versions/1                                              | studio/                       | > - - - + + - - -
GET /studios/new                                                        |                               | > x x x x + + x x
POST /studios/new                                                       |                               | > x x x x + + x x
GET /talent                                                             |                               | > x x x x + + x +
POST /talent/analyse                                                    |                               | > x x x x x x x +
GET /talent/capability                                                  |                               | > x x x x + + x +
POST /talent/capability.csv                                             |                               | > x x x x + + x +
GET /talent/rules                                                       |                               | > x x x x x x x +
POST /talent/rules                                                      |                               | > x x x x x x x +
GET /talent/shortage                                                    |                               | > x x x x + + x +
POST /talent/shortage.csv                                               |                               | > x x x x + + x +
GET /views                                                              |                               | > + + + + + + + +
GET /views/{}                                                           | /view                         | > o o o + o o o o
POST /views/{}/delete                                                   | /view                         | > o o o + o o o o
GET /views/{}/edit                                                      | /view                         | > o o o + o o o o
POST /views/{}/edit                                                     | /view                         | > o o o + o o o o
POST /views/{}/restore                                                  | /view                         | > o o o + o o o o
GET /views/{}/share                                                     | /officer's view               | > x x x x + o x x
POST /views/{}/share                                                    | /officer's view               | > x x x x + o x x
POST /views/{}/unshare                                                  | /officer's view               | > o o o o + o o o
GET /views/new                                                          |                               | > + + + + + + + +
POST /views/new                                                         |                               | > + + + + + + + +
GET /vocabulary                                                         |                               | > x x x x x x x +
GET /vocabulary/{}                                                      | /synonym                      | > x x x x x x x +
GET /vocabulary/{}/edit                                                 | /synonym                      | > x x x x x x x +
POST /vocabulary/{}/edit                                                | /synonym                      | > x x x x x x x +
POST /vocabulary/{}/restore                                             | /synonym                      | > x x x x x x x +
POST /vocabulary/{}/retire                                              | /synonym                      | > x x x x x x x +
GET /vocabulary/missed                                                  |                               | > x x x x x x x +
GET /vocabulary/missed/{}                                               | /missed                       | > x x x x x x x +
POST /vocabulary/missed/{}/dismiss                                      | /missed                       | > x x x x x x x +
GET /vocabulary/missed/{}/hand-on                                       | /missed                       | > x x x x x x x +
POST /vocabulary/missed/{}/hand-on                                      | /missed                       | > x x x x x x x +
POST /vocabulary/missed/{}/reopen                                       | /missed                       | > x x x x x x x +
GET /vocabulary/new                                                     |                               | > x x x x x x x +
POST /vocabulary/new                                                    |                               | > x x x x x x x +
GET /workers/                                                           |                               | > + + + + + + + +
GET /workers/{}                                                         | card/hidden person            | > o o o o + o o o
GET /workers/{}/consent                                                 | card/hidden person            | > - - - o = - - -
POST /workers/{}/consent                                                | card/hidden person            | > - - - o = - - -
GET /workers/{}/edit                                                    | card/hidden person            | > - - - o + - - -
POST /workers/{}/edit                                                   | card/hidden person            | > - - - o + - - -
GET /workers/{}/own                                                     | card/hidden person            | > - - - o = - - -
POST /workers/{}/steps/give_consent                                     | card/hidden person            | > - - - o = - - -
GET /workers/{}/transfer                                                | card/hidden person            | > x x x x + - x x
POST /workers/{}/transfer                                               | card/hidden person            | > x x x x + - x x
GET /workers/new                                                        |                               | > x x x x + + x +
POST /workers/new                                                       |                               | > x x x x + + x +
GET /account/new-password                                               |                               | > > > > > > > > >
POST /account/new-password                                              |                               | > > > > > > > > >
GET /account/proof                                                      |                               | > + + + + + + + +
POST /account/proof                                                     |                               | > + + + + + + + +
GET /account/second-factor                                              |                               | > + + + + + + + +
POST /account/second-factor                                             |                               | > + + + + + + + +
POST /account/second-factor/codes                                       |                               | > . . . . . . . .
POST /account/second-factor/drop                                        |                               | > + + + + + + + +
GET /account/sign-ins                                                   |                               | > + + + + + + + +
POST /account/sign-ins/end                                              |                               | > + + + + + + + +
POST /account/sign-ins/end-others                                       |                               | > + + + + + + + +
GET /account/unit                                                       |                               | . . . . . . . . .
POST /account/unit                                                      |                               | . . . . . . . . .
POST /account/unit/undo                                                 |                               | . . . . . . . . .
POST /accounts/{}/second-factor/drop                                    | account/                      | > x x x x x x x +
GET /accounts/{}/unit                                                   | account/                      | . . . . . . . . .
POST /accounts/{}/unit                                                  | account/                      | . . . . . . . . .
GET /accounts/reset                                                     |                               | > x x x x + + x +
POST /accounts/reset                                                    |                               | > x x x x + + x +
GET /announcements                                                      |                               | > x x x x + + x x
GET /announcements/{}                                                   | /announcement                 | > . . . . + . . .
POST /announcements/{}/steps/withdraw                                   | /announcement                 | > x x x x + . x x
GET /announcements/new                                                  |                               | > x x x x + + x x
POST /announcements/new                                                 |                               | > x x x x + + x x
GET /audit                                                              |                               | > x x x x + + x +
GET /audit/{}                                                           | /entry                        | > x x x x + . x .
GET /audit/checks                                                       |                               | > x x x x x x x +
POST /audit/checks                                                      |                               | > x x x x x x x +
POST /audit/export?format=csv                                           |                               | > x x x x + + x +
GET /erasures                                                           |                               | > + + + + + + + +
GET /erasures/{}                                                        | /erasure                      | > . . . + + . . .
POST /erasures/{}/steps/erase                                           | /erasure                      | > . . . = + . . .
POST /erasures/{}/steps/refuse                                          | /erasure                      | > . . . = + . . .
POST /erasures/{}/steps/take_back                                       | /erasure                      | > . . . + + . . .
GET /invitations/{}                                                     | /invitation                   | > . . . + + . . .
POST /invitations/{}/steps/revoke                                       | /invitation                   | > . . . + + . . .
GET /invitations/open                                                   |                               | + + + + + + + + +
POST /invitations/open                                                  |                               | + + + + + + + + +
GET /invitations/to/{}                                                  | enterprise/                   | > - - - + + - - -
POST /invitations/to/{}                                                 | enterprise/                   | > - - - + + - - -
POST /invitations/to/{}/sheet                                           | enterprise/                   | > - - - - + - - -
GET /joining                                                            |                               | + + + + + + + + +
GET /joining/enterprise                                                 |                               | + + + + + + + + +
POST /joining/enterprise                                                |                               | + + + + + + + + +
GET /joining/enterprise/{}                                              | enterprise/                   | + + + + + + + + +
POST /joining/enterprise/{}                                             | enterprise/                   | + + + + + + + + +
GET /joining/worker                                                     |                               | + + + + + + + + +
POST /joining/worker                                                    |                               | + + + + + + + + +
GET /my/looks                                                           |                               | > + + + + + + + +
POST /notices/{}/read                                                   | /notice                       | > . . . + . . . .
POST /notices/{}/unread                                                 | /notice                       | > . . . + . . . .
POST /notices/address                                                   |                               | > + + + + + + + +
POST /notices/address/remove                                            |                               | > + + + + + + + +
GET /notices/aside                                                      |                               | > x x x x x x x +
POST /notices/aside/{}/retry                                            | account/                      | > x x x x x x x .
GET /notices/confirm/none                                               |                               | . . . . . . . . .
POST /notices/confirm/none                                              |                               | . . . . . . . . .
GET /notices/preferences                                                |                               | > + + + + + + + +
POST /notices/preferences                                               |                               | > + + + + + + + +
POST /notices/read/undo                                                 |                               | > + + + + + + + +
GET /notices/unsubscribe/none                                           |                               | . . . . . . . . .
POST /notices/unsubscribe/none                                          |                               | . . . . . . . . .
GET /organisations/{}/end                                               | street/                       | > x x x x - - x +
POST /organisations/{}/end                                              | street/                       | > x x x x - - x +
GET /people/by-number                                                   |                               | > x x x x + + x x
POST /people/by-number                                                  |                               | > x x x x + + x x
GET /registrations                                                      |                               | > x x x x + + x x
GET /registrations/{}                                                   | /registration                 | > . . . . + . . .
GET /registrations/{}/edit                                              | /registration                 | > . . . . = . . .
POST /registrations/{}/edit                                             | /registration                 | > . . . . = . . .
POST /registrations/{}/steps/approve                                    | /registration                 | > . . . . + . . .
POST /registrations/{}/steps/withdraw                                   | /registration                 | > . . . . = . . .
GET /sign-in/code                                                       |                               | > > > > > > > > >
POST /sign-in/code                                                      |                               | > > > > > > > > >
GET /sign-in/forgotten                                                  |                               | + + + + + + + + +
POST /sign-in/forgotten                                                 |                               | + + + + + + + + +
GET /sign-in/reset                                                      |                               | + + + + + + + + +
POST /sign-in/reset                                                     |                               | + + + + + + + + +
GET /sign-in/unit                                                       |                               | . . . . . . . . .
GET /sign-in/unit/back                                                  |                               | . . . . . . . . .
GET /workers/{}/copy                                                    | card/hidden person            | > - - - o + - - -
POST /workers/{}/copy                                                   | card/hidden person            | > - - - o + - - -
GET /workers/{}/erase                                                   | card/hidden person            | > - - - o + - - -
POST /workers/{}/erase                                                  | card/hidden person            | > - - - o + - - -
POST /workers/{}/leave                                                  | card/hidden person            | > - - - o + - - -
GET /workers/{}/looks                                                   | card/hidden person            | > - - - o + - - -
GET /workers/{}/shown                                                   | card/hidden person            | > x x x x + - x x
POST /workers/{}/shown                                                  | card/hidden person            | > x x x x + - x x
GET /contracts                                                          |                               | > + + + + + + + +
GET /contracts/{}                                                       | /contract                     | > . . . + . . . .
GET /contracts/{}/clauses/scope                                         | /contract                     | > . . . + . . . .
POST /contracts/{}/clauses/scope                                        | /contract                     | > . . . + . . . .
POST /contracts/{}/steps/cancel?reason=wqreason                         | /contract                     | > . . . + . . . .
POST /contracts/{}/steps/keep                                           | /signed contract              | > . . . = . . . .
POST /contracts/{}/end/declare_end?reason=wqreason                      | /signed contract              | > . . . + . . . .
POST /contracts/{}/end/step_back?reason=wqreason                        | /signed contract              | > . . . = . . . .
GET /contracts/{}/accept                                                | /signed contract              | > . . . = . . . .
POST /contracts/{}/accept                                               | /signed contract              | > . . . = . . . .
POST /contracts/{}/confirm                                              | /contract                     | > . . . + . . . .
GET /contracts/{}/paper                                                 | /contract                     | > . . . + . . . .
POST /contracts/{}/paper                                                | /signed contract              | > . . . + . . . .
GET /contracts/check/{code}                                             |                               | + + + + + + + + +
POST /contracts/check/{code}                                            |                               | + + + + + + + + +
GET /contracts/{}/change                                                | /signed contract              | > . . . + . . . .
POST /contracts/{}/change                                               | /signed contract              | > . . . + . . . .
GET /contracts/{}/proposal                                              | /changing contract            | > . . . + . . . .
POST /contracts/{}/proposal/propose_end?reason=wqreason                 | /signed contract              | > . . . + . . . .
POST /contracts/{}/proposal/agree_change                                | /changing contract            | > . . . = . . . .
POST /contracts/{}/proposal/agree_end                                   | /changing contract            | > . . . = . . . .
POST /contracts/{}/proposal/decline?reason=wqreason                     | /changing contract            | > . . . = . . . .
POST /contracts/{}/proposal/take_back                                   | /changing contract            | > . . . + . . . .
GET /contracts/{}/versions/1                                            | /signed contract              | > . . . + . . . .
GET /contracts/registration                                             |                               | > + + + + + + + +
POST /contracts/registration?format=csv                                 |                               | > + + + + + + + +
GET /contracts/{}/registration                                          | /signed contract              | > . . . + . . . .
POST /contracts/{}/registration                                         | /signed contract              | > . . . + . . . .
POST /contracts/{}/registration/begin                                   | /signed contract              | > . . . + . . . .
POST /contracts/{}/registration/number?registration_number=2026110105   | /signed contract              | > . . . + . . . .
GET /milestones/{}                                                      | /milestone                    | > . . . + . . . .
POST /milestones/{}/report?words=wqwords                                | /milestone                    | > . . . + . . . .
POST /milestones/{}/steps/accept                                        | /milestone                    | > . . . = . . . .
POST /milestones/{}/steps/send_back?reason=wqreason                     | /milestone                    | > . . . = . . . .
GET /milestones/{milestone}/files/{}                                    | /proof                        | > . . . + . . . .
GET /enquiries/new/need/{}                                              | open need/draft need          | > o o o - - - o -
POST /enquiries/new/need/{}                                             | open need/draft need          | > o o o - - - o -
GET /enquiries/{}/messages                                              | /enquiry                      | > o o o + o o o o
POST /enquiries/{}/messages                                             | /enquiry                      | > o o o + o o o o
POST /enquiries/{}/steps/close                                          | /enquiry                      | > o o o + o o o o
GET /enquiries/{}/files/{sent file}                                     | /enquiry                      | > o o o + o o o o
GET /enquiries/{}/offers                                                | /enquiry                      | > o o o + o o o o
GET /enquiries/{}/offers/new                                            | /enquiry                      | > o o o + o o o o
POST /enquiries/{}/offers/new                                           | /enquiry                      | > o o o + o o o o
GET /offers/{}                                                          | /offer                        | > o o o + o o o o
POST /offers/{}/steps/accept                                            | /offer                        | > o o o = o o o o
POST /offers/{}/steps/decline                                           | /offer                        | > o o o = o o o o
POST /offers/{}/steps/withdraw                                          | /offer                        | > o o o + o o o o
GET /first-refusals/{}                                                  | /first refusal                | > o o o + o o o o
POST /first-refusals/{}                                                 | /first refusal                | > o o o + o o o o
POST /first-refusals/{}/waive                                           | /first refusal                | > o o o + o o o o
GET /contracts/{}/money                                                 | /sale                         | > . + . + . . . .
POST /contracts/{}/money/export?format=csv                              | /sale                         | > . + . + . . . .
GET /contracts/{}/payments/new                                          | /sale                         | > . + . = . . . .
POST /contracts/{}/payments/new                                         | /sale                         | > . + . = . . . .
GET /payments/{}                                                        | /payment                      | > . + . + . . . .
POST /payments/{}/steps/confirm                                         | /payment                      | > . = . + . . . .
POST /payments/{}/steps/dispute                                         | /payment                      | > . = . + . . . .
POST /payments/{}/steps/counter                                         | /payment                      | > . + . = . . . .
POST /payments/{}/steps/share                                           | /payment                      | > . = . + . . . .
GET /payments/{payment}/files/{}                                        | /                             | > . . . . . . . .
GET /income                                                             |                               | > + + + + + + + +
POST /income/export?format=csv                                          |                               | > + + + + + + + +
GET /income/postings/{}                                                 | /posting                      | > . . . + . . . .
GET /income/postings/{}/correct                                         | /posting                      | > . . . + . . . .
POST /income/postings/{}/correct                                        | /posting                      | > . . . + . . . .
GET /income/objections/new/{}                                           | /line                         | > . . . + . . . .
POST /income/objections/new/{}                                          | /line                         | > . . . + . . . .
GET /income/objections/{}                                               | /ledger objection             | > . . . + . . . .
GET /income/objections/{}/answer                                        | /ledger objection             | > . . . + . . . .
POST /income/objections/{}/answer                                       | /ledger objection             | > . . . + . . . .
POST /income/objections/{}/steps/cosign                                 | /ledger objection             | > . . . + . . . .
POST /income/objections/{}/steps/send_back                              | /ledger objection             | > . . . + . . . .
POST /income/objections/{}/steps/refer                                  | /ledger objection             | > . . . = . . . .
POST /income/objections/{}/steps/accept                                 | /ledger objection             | > . . . = . . . .
POST /income/objections/{}/steps/uphold                                 | /ledger objection             | > . . . = . . . .
POST /income/objections/{}/steps/dismiss                                | /ledger objection             | > . . . = . . . .
GET /income/objections/{ledger objection}/files/{}                      | /                             | > . . . . . . . .
GET /enterprises/{}/share-rules                                         | enterprise/                   | > - - - + - - - -
POST /enterprises/{}/share-rules                                        | enterprise/                   | > - - - + - - - -
GET /share-rules/{}                                                     | /share rule                   | > . . . + . . . .
POST /share-rules/{}/steps/confirm                                      | /share rule                   | > . . . + . . . .
POST /share-rules/{}/steps/refuse                                       | /share rule                   | > . . . + . . . .
GET /challenges                                                         |                               | + + + + + + + + +
GET /challenges/{}                                                      | challenge/draft challenge     | o o o o + o o o o
GET /challenges/new                                                     |                               | > x + x + + + x x
POST /challenges/new                                                    |                               | > x + x + + + x x
GET /challenges/{}/edit                                                 | challenge/draft challenge     | > - - - + - - - -
POST /challenges/{}/edit                                                | challenge/draft challenge     | > - - - + - - - -
POST /challenges/{}/steps/submit                                        | challenge/draft challenge     | > - - - + - - - -
POST /challenges/{}/steps/publish                                       | challenge/draft challenge     | > - - - = o - - -
POST /challenges/{}/steps/return?reason=wq                              | challenge/draft challenge     | > - - - = o - - -
POST /challenges/{}/steps/withdraw?reason=wq                            | challenge/draft challenge     | > - - - + - - - -
POST /challenges/{}/steps/take_down?reason=wq                           | challenge/draft challenge     | > - - - = o - - -
POST /challenges/{}/steps/choose_none?reason=wq                         | challenge/draft challenge     | > - - - + o - - -
POST /challenges/{}/steps/contract                                      | challenge/draft challenge     | > - - - + o - - -
POST /challenges/{}/files                                               | challenge/draft challenge     | > - - - + - - - -
GET /challenges/{}/files/{proof file}                                   | challenge/draft challenge     | > - - - o o - - -
GET /challenges/{}/judging                                              | challenge/draft challenge     | > - - - + o - - -
POST /challenges/{}/judging                                             | challenge/draft challenge     | > - - - + o - - -
POST /challenges/{}/judging/extend                                      | challenge/draft challenge     | > x x x x o - x x
POST /challenges/{}/objections                                          | challenge/draft challenge     | > o o o = o o o o
POST /challenges/{}/objections/none/dismiss?answer=wq                   | challenge/draft challenge     | > x x x x . - x x
POST /challenges/{}/objections/none/uphold?answer=wq                    | challenge/draft challenge     | > x x x x . - x x
GET /challenges/{}/result                                               | challenge/draft challenge     | > - - - + - - - -
POST /challenges/{}/result                                              | challenge/draft challenge     | > - - - + - - - -
GET /challenges/{}/teams/1/experts                                      | judged challenge/draft challenge | > x x x x o - x x
POST /challenges/{}/teams/1/experts                                     | judged challenge/draft challenge | > x x x x o - x x
GET /challenges/{}/apply                                                | challenge/draft challenge     | > o o o + o o o o
POST /challenges/{}/apply                                               | challenge/draft challenge     | > o o o + o o o o
GET /proposals/{}                                                       | /proposal                     | > . . + . . . . .
GET /proposals/{}/edit                                                  | /proposal                     | > . . + . . . . .
POST /proposals/{}/edit                                                 | /proposal                     | > . . + . . . . .
POST /proposals/{}/steps/submit                                         | /proposal                     | > . . + . . . . .
POST /proposals/{}/steps/take_back                                      | /proposal                     | > . . + . . . . .
POST /proposals/{}/steps/withdraw                                       | /proposal                     | > . . + . . . . .
POST /proposals/{}/steps/agree                                          | /proposal                     | > . . = . . . . .
POST /proposals/{}/steps/decline                                        | /proposal                     | > . . = . . . . .
POST /proposals/{}/members                                              | /proposal                     | > . . + . . . . .
POST /proposals/{}/members/{lead}/remove                                | /proposal                     | > . . + . . . . .
POST /proposals/{}/files                                                | /proposal                     | > . . + . . . . .
GET /proposals/{}/files/{plan file}                                     | /proposal                     | > . . + . . . . .
POST /proposals/{}/files/{plan file}/remove                             | /proposal                     | > . . + . . . . .
GET /judgements                                                         |                               | > + + + + + + + +
GET /judgements/{}                                                      | /judgement                    | > . . . . = . . .
POST /judgements/{}                                                     | /judgement                    | > . . . . = . . .
POST /judgements/{}/steps/declare                                       | /judgement                    | > . . . . = . . .
POST /judgements/{}/steps/stand_back?reason=wq                          | /judgement                    | > . . . . = . . .
GET /judgements/{}/files/{plan file}                                    | /judgement                    | > . . . . . . . .
GET /achievements/{}/uses/new                                           | achievement/draft work        | > x o x + x x x x
POST /achievements/{}/uses/new                                          | achievement/draft work        | > x o x + x x x x
GET /achievements/{achievement}/uses/{}                                 | use/                          | > - - - + - - - -
POST /achievements/{achievement}/uses/{}                                | use/                          | > - - - + - - - -
POST /achievements/{achievement}/uses/{}/deny                           | use/                          | > - - - + - - - -
GET /figures                                                            |                               | + + + + + + + + +
GET /figures/list?what=published                                        |                               | + + + + + + + + +
POST /figures/export?format=csv                                         |                               | > x x x x + + x +
POST /listings/hints                                                    |                               | > + + + + + + + +
POST /achievements/hints                                                |                               | > + + + + + + + +
GET /saved                                                              |                               | > + + + + + + + +
GET /saved/new                                                          |                               | > + + + + + + + +
POST /saved/new                                                         |                               | > + + + + + + + +
GET /saved/{}                                                           | /saved search                 | > . . . + . . . .
GET /saved/{}/edit                                                      | /saved search                 | > . . . + . . . .
POST /saved/{}/edit                                                     | /saved search                 | > . . . + . . . .
POST /saved/{}/run                                                      | /saved search                 | > . . . + . . . .
POST /saved/{}/seen                                                     | /saved search                 | > . . . + . . . .
POST /saved/{}/steps/mute                                               | /saved search                 | > . . . + . . . .
POST /saved/{}/steps/unmute                                             | /saved search                 | > . . . + . . . .
POST /saved/{}/steps/delete                                             | /saved search                 | > . . . + . . . .
POST /saved/{}/steps/restore                                            | /saved search                 | > . . . + . . . .
GET /auctions                                                           |                               | + + + + + + + + +
POST /achievements/{}/repairs?reasons=vague                             | achievement/draft work        | > - - - + - - - -
POST /listings/{}/repairs?reasons=vague                                 | listing/draft listing         | > - - - + - - - -
GET /opinions/{}                                                        | /opinion                      | > . . + . . . . .
GET /contracts/{}/rating                                                | /contract                     | > . . . + . . . .
POST /contracts/{}/rating                                               | /contract                     | > . . . + . . . .
GET /ratings/{}                                                         | rating/given rating           | o o o o + o o o o
GET /ratings/{}/answer                                                  | rating/                       | > - - - + - - - -
POST /ratings/{}/answer                                                 | rating/                       | > - - - + - - - -
POST /ratings/{}/steps/take_down?reason=wqreason                        | rating/given rating           | > - - - = o - - -
GET /ratings/of/studio/{}                                               | studio/                       | + + + + + + + + +
GET /introductions                                                      |                               | > + + + + + + + +
GET /introductions/new/{open need}/achievement/{}                       | achievement/draft work        | > o o o - o o o o
POST /introductions/new/{open need}/achievement/{}                      | achievement/draft work        | > o o o - o o o o
GET /introductions/with/achievement/{}                                  | achievement/draft work        | > o o o + o o o o
POST /introductions/with/achievement/{}                                 | achievement/draft work        | > o o o + o o o o
GET /introductions/{}                                                   | /introduction                 | > . + . + . + . .
POST /introductions/{}                                                  | /introduction                 | > . + . + . = . .
POST /introductions/{}/steps/decline?reason=wqreason                    | /introduction                 | > . + . + . = . .
POST /introductions/{}/steps/withdraw?reason=wqreason                   | /introduction                 | > . = . = . + . .
GET /saved/things                                                       |                               | > + + + + + + + +
GET /saved/things/achievement                                           |                               | > + + + + + + + +
POST /saved/things/{}/watch?tells=yes                                   | /watched work                 | > . . + . . . . .
GET /auctions/{}                                                        | auction/draft auction         | o o o o + o o o o
GET /auctions/{}/live                                                   | auction/draft auction         | o o o o + o o o o
GET /auctions/{}/record.json                                            | auction/draft auction         | o o o o + o o o o
GET /auctions/{}/record.csv                                             | auction/draft auction         | o o o o + o o o o
GET /auctions/new/{}                                                    | listing/draft listing         | > - - - + - - - -
POST /auctions/new/{}                                                   | listing/draft listing         | > - - - + - - - -
GET /auctions/{}/edit                                                   | auction/draft auction         | > - - - ~ - - - -
POST /auctions/{}/edit                                                  | auction/draft auction         | > - - - ~ - - - -
GET /auctions/{}/apply                                                  | auction/draft auction         | > x o x = x x o x
POST /auctions/{}/apply                                                 | auction/draft auction         | > x o x = x x o x
GET /auctions/{}/bid                                                    | auction/draft auction         | > x o x = x x o x
POST /auctions/{}/bid                                                   | auction/draft auction         | > x o x = x x o x
POST /auctions/{}/steps/submit                                          | auction/draft auction         | > - - - + - - - -
POST /auctions/{}/steps/withdraw                                        | auction/draft auction         | > - - - + - - - -
POST /auctions/{}/steps/call_off                                        | auction/draft auction         | > - - - + - - - -
POST /auctions/{}/steps/conclude                                        | auction/draft auction         | > - - - + - - - -
POST /auctions/{}/steps/pass_on                                         | auction/draft auction         | > - - - + - - - -
POST /auctions/{}/steps/fail                                            | auction/draft auction         | > - - - + - - - -
POST /auctions/{}/steps/approve                                         | auction/draft auction         | > - - - = o - - -
POST /auctions/{}/steps/return                                          | auction/draft auction         | > - - - = o - - -
GET /bidders/{}                                                         | /bidder                       | > . + . + . . . .
POST /bidders/{}/steps/admit                                            | /bidder                       | > . = . + . . . .
POST /bidders/{}/steps/decline                                          | /bidder                       | > . = . + . . . .
POST /bidders/{}/steps/give_back                                        | /bidder                       | > . = . + . . . .
"""


@dataclass(frozen=True, slots=True)
class Cell:
    """`thing` is empty for one that does not exist, and for an address that names none."""

    method: str
    address: str
    thing: str
    place: str
    reader: str
    outcome: str

    def __str__(self) -> str:
        return f"{self.method} {self.address} {self.place} {self.reader}"


@dataclass(frozen=True, slots=True)
class Row:
    method: str
    address: str
    shown: str
    hidden: str
    marks: tuple[str, ...]

    def __str__(self) -> str:
        return f"{self.method} {self.address}"

    def cells(self) -> list[Cell]:
        return [cell for reader, mark in zip(READERS, self.marks, strict=True) for cell in self._cells(reader, mark)]

    def _cells(self, reader: str, mark: str) -> list[Cell]:
        if "{}" not in self.address:
            return [Cell(self.method, self.address, "", "only", reader, OUTCOMES[mark][0])]
        places = zip(("shown", "hidden", "missing"), (self.shown, self.hidden, ""), OUTCOMES[mark], strict=True)
        return [Cell(self.method, self.address, thing, place, reader, outcome) for place, thing, outcome in places if thing or place == "missing"]


def rows_of(table: str = TABLE) -> list[Row]:
    """Raises ValueError for a line that has not a known mark for every reader."""
    return [_row(line) for line in table.strip("\n").splitlines() if line.strip()]


def _row(line: str) -> Row:
    way, things, marks = (part.strip() for part in line.split("|"))
    method, address = way.split(" ", 1)
    shown, _slash, hidden = things.partition("/")
    words = tuple(marks.split())
    if len(words) != len(READERS) or set(words) - set(OUTCOMES):
        raise ValueError(f"{way}: a known mark for each of {len(READERS)} readers")
    return Row(method, address.strip(), shown.strip(), hidden.strip(), words)
