package io.qilin.security.screening;

import static io.qilin.security.screening.AttackCategory.SQL_INJECTION;

import java.util.List;

/** Parts of SQL statements where none belongs. Sentences that merely name statements are left alone. */
final class SqlRules {
  /** The first quotation mark of a text, with nothing before it that prose would have, and brackets it closes. */
  private static final String BROKEN = "^[^\\s'\"`]*(\\s[^\\s'\"`]*)?['\"]\\s*(\\)\\s*)*";

  private static final String VERB =
      "(alter|create|delete|desc|drop|insert|load|merge|rename|replace|select|truncate|update|union)\\b";

  private static final String GAP = "[\\s(+]+";
  private static final String CALLED =
      "(char|chr|nchar|concat|concat_ws|group_concat|load_file|user|database|schema|version|ascii"
          + "|hex|unhex|cast|convert|if|ifnull|sleep|benchmark|extractvalue|count|substr|substring|mid|md5|sha1|length|string_agg"
          + "|current_user|session_user|system_user)\\s*\\(";
  private static final String NAME = "[`\"\\[]?[a-z_][\\w.$]*[`\"\\]]?";
  /** Functions that only databases have, by what their makers begin or end such names with. */
  private static final String FUNCTIONS = "("
      // PostgreSQL
      + "pg_\\w+|lo_(get|put|import|export|creat|create|open|unlink|from_bytea)|has_\\w+_privilege|quote_(literal|ident|nullable)"
      + "|current_(setting|database|schemas?|catalog|query)|set_config|inet_(server|client)_(addr|port)|(query|table|cursor|schema|database)_to_xml\\w*"
      + "|xpath_(exists|table|string|list|nodeset|bool|number)|regexp_split_to_(table|array)|string_to_(array|table)|array_to_(string|json|tsvector)"
      + "|(plain|phrase|websearch_)?to_ts(query|vector)|generate_(series|subscripts)|version_num|txid_current\\w*|convert_(from|to)|setval|currval|nextval|dblink(_\\w+)?"
      // MySQL and MariaDB
      + "|aes_(en|de)crypt|des_(en|de)crypt|from_(base64|days|unixtime)|to_(base64|days|seconds)|inet6?_(aton|ntoa)|is_ipv[46](_\\w+)?"
      + "|(last_insert|connection)_id|(found|row)_rows|row_count|old_password|group_concat|concat_ws|load_file|export_set|make_set|find_in_set|substring_index"
      + "|extractvalue|updatexml|name_const|char(acter)?_length|bit_(length|count|and|or|xor)|octet_length|uncompress(ed_length)?|unhex|crc32|sha2"
      + "|(date|time|period)_?(diff|add|sub|format)|(add|sub)(date|time)|timestamp(add|diff)|make(date|time)|str_to_date|sec_to_time|time_to_sec|unix_timestamp"
      + "|utc_(date|time|timestamp)|cur(date|time)|get_(format|lock)|(release|is_free|is_used)_(all_)?locks?|master_pos_wait|wait_for_executed_gtid_set|gtid_sub(set|tract)"
      + "|convert_tz|day(name|ofmonth|ofweek|ofyear)|monthname|weekofyear|yearweek|(ps|format)_(thread_id|bytes|pico_time)|uuid_(short|to_bin)|bin_to_uuid"
      + "|sys_(eval|exec|get|set)|validate_password_strength|(geometry|point|line|polygon|multi\\w+)(fromtext|fromwkb|collection)|mbr(contains|within|equal|overlaps)"
      + "|st_(as\\w+|geo\\w+|area|astext|buffer|contains|crosses|distance\\w*|envelope|isvalid|lat\\w*|long\\w*|\\w+from\\w+|within|x|y|srid|transform)"
      + "|any_value|coercibility|ucase|lcase|ltrim|rtrim|strcmp|weight_string|statement_digest\\w*|roles_graphml|icu_version|current_role"
      + "|json_(array\\w*|object\\w*|contains\\w*|depth|extract|insert|keys|length|merge\\w*|overlaps|pretty|quote|remove|search|set|storage\\w*|table|type"
      + "|unquote|valid|value|query|each|tree|patch|group\\w*|error_position|exists|modify|normalize|compact|detailed|loose)"
      // Microsoft SQL Server
      + "|suser_s?(name|id|name)|user_(name|id)|(db|file|host|app|object|col|schema|type|index)_(name|id)|object_(schema_name|definition)"
      + "|is_(srv)?role?member|is_member|has_(dbaccess|perms_by_name)|(server|database|object|column|file|index|type|login)property(ex)?|fn_\\w+"
      + "|(char|pat)index|quotename|open(query|rowset|datasource|xml|json)|newid|newsequentialid|(get|getutc|sysdate|sysutc)(date|datetime|datetimeoffset)"
      + "|checksum_agg|binary_checksum|try_(cast|convert|parse)|date(part|diff_big|fromparts)|error_(message|number|line|severity|state)|scope_identity|ident_current"
      // Oracle
      + "|sys_(context|guid|extract_utc|xmlagg|xmlgen|connect_by_path)|utl_\\w+(\\.\\w+)?|dbms_\\w+(\\.\\w+)?|ctxsys\\.\\w+(\\.\\w+)?|(raw|row)to(n?hex|id)|hextoraw|chartorowid"
      + "|to_(n?char|n?clob|blob|number|lob|single_byte|multi_byte|dsinterval|yminterval|binary_(double|float))|xml(type|agg|element|forest|query|table|serialize|root|cdata)"
      + "|nvl2?|nls_\\w+|userenv|bfilename|httpuritype|dburitype|regexp_(instr|like|replace|substr|matches|count)|asciistr|unistr|listagg|wm_concat|numtodsinterval|ora_hash|sys_typeid"
      // SQLite and Db2
      + "|sqlite_\\w+|load_extension|randomblob|zeroblob|julianday|likelihood|total_changes|(un)?likely|fts[345]_\\w+|readfile|writefile|xmlparse|xmlcast"
      + "|string_agg|array_agg|(current|localtime)(_date|_time|_timestamp|stamp)|(system|session)_user|var_(pop|samp)|stddev_(pop|samp)|percentile_cont)";

  static final List<Rule> RULES = List.of(
      Rule.of(
          "QS-SQL-01",
          SQL_INJECTION,
          "UNION with a second SELECT",
          "\\bunion" + GAP + "((all|distinct|distinctrow)" + GAP
              + ")?select[\\s(!+~@-]*([0-9'\"@*$`]|null\\b|" + CALLED + ")",
          "\\bunion" + GAP + "((all|distinct|distinctrow)" + GAP + ")?select[\\s(]+" + NAME
              + "(\\s*,\\s*[\\w.'\"@*]+)*[\\s)]+(from\\s+[`\"\\[(]?[a-z_]|where\\b|--|#|;|limit\\s+[0-9])",
          "\\bunion" + GAP + "((all|distinct|distinctrow)" + GAP + ")?select\\s+[\\w.]+\\s*,",
          "\\bunion\\s+(all\\s+)?select\\s+[\\w.*,\\s]{1,80}\\bfrom\\s*$",
          "\\bunion(all)?[\\s(]*select[\\s!(]*[@~'\"*0-9]",
          "\\bunion" + GAP + "((all|distinct|distinctrow)" + GAP + ")?select\\s*$",
          "\\bunion" + GAP + "((all|distinct)" + GAP
              + ")?(values\\s*(row\\s*)?\\(|table\\s+\\w+\\s*(--|#|;|$))",
          "[0-9'\")]\\s*(except|intersect|minus)\\s+((all|distinct)\\s+)?select\\b",
          "[0-9'\")]\\s*\\b(elt|make_set|field|exp|polygon|multipoint|linestring|multi\\w+)\\s*\\([^)]*[=~(]",
          "\\b(and|or|xor)\\s+(elt|make_set|field|exp|polygon|multipoint|linestring|geometrycollection)\\s*\\(",
          "['\"0-9)]\\W{0,3}\\s*union\\W+((all|distinct)\\W+)?select\\b"),
      Rule.of(
          "QS-SQL-02",
          SQL_INJECTION,
          "SELECT of columns from a table",
          "\\bselect\\s+((distinct|all|top\\s+[0-9]+)\\s+)?(\\*|[\\w.]+\\s*\\([^)]*\\))\\s*(as\\s+\\w+\\s+)?from\\s+[`\"\\[(]?[a-z_]",
          "\\bselect\\s+((distinct|all|top\\s+[0-9]+)\\s+)?[\\w.@`\"\\[\\]]+(\\s*,\\s*[\\w.@`\"\\[\\]*]+)+\\s+from\\s+([`\"\\[(][a-z_]|[\\w.$]+\\s*(--|#|;|/\\*|\\)|$|where\\b|limit\\b|order\\b|group\\b|union\\b|,|join\\b)|\\w*[_.]\\w)",
          "\\(\\s*select\\s+((distinct|all|top\\s+[0-9]+)\\s+)?[\\w.*`]+\\s+from\\s+[`\"\\[(]?[a-z_]",
          "\\bselect\\s+[\\w.`]+\\s+from\\s+[\\w.`]+\\s+(where|limit|order\\s+by|group\\s+by|union)\\b",
          "\\bselect\\s+[\\w.`]+\\s+from\\s+[\\w.`]+\\s*(;|--|#|/\\*)",
          "\\bselect[\\s(]+(if|case|sleep|pg_sleep|benchmark|user|version|database|schema|load_file|current_user|system_user|@@\\w+"
              + "|concat|char|ascii|extractvalue|updatexml|count)\\s*\\(",
          "\\(\\s*select[\\s(]+(@@|[0-9'\"]|null\\b|case\\s+when)",
          "\\bselect\\s*\\(\\s*(select|'|\"|sleep|if)\\b?",
          "\\bselect\\b[^;]*\\binto\\s+(outfile|dumpfile|@)",
          "\\bselect\\s*\\*\\s*from\\s+[a-z_]",
          "\\bselect\\s+(-?[0-9]+|null|['\"][^'\"]*['\"])(\\s+as\\s+\\w+)?\\s+from\\s+[\\w.`]+\\s*$"),
      Rule.of(
          "QS-SQL-03",
          SQL_INJECTION,
          "functions that wait",
          "\\bsleep\\s*\\(\\s*['\"(]?\\s*[0-9.]+\\s*['\"]?\\s*\\)?\\)",
          "\\bsleep\\s*\\(\\s*['\"(]?\\s*[0-9.]+\\s*[-+*/]",
          "\\bsleep\\s*\\(\\s*[0-9]+\\s*$",
          "\\bpg_sleep(_for|_until)?\\s*\\(",
          "\\bbenchmark\\s*\\([^),]*[0-9][^),]*,[^)]*\\)",
          "\\bbenchmark\\s*\\([^),]*\\([^)]*\\)[^),]*,[^)]*\\)",
          "\\bwaitfor[\\s+]+(delay|time)[\\s+]+['\"@]",
          "\\bwaitfor\\s*\\(",
          "\\bdbms_(pipe\\.receive_message|lock\\.sleep|session\\.sleep)\\b",
          "\\bselect\\s+(pg_)?sleep\\b",
          ";\\s*sleep\\s*\\("),
      Rule.of(
          "QS-SQL-04",
          SQL_INJECTION,
          "procedures and functions that reach out of a database",
          "\\b(xp_(cmdshell|dirtree|fileexist|regread|regwrite|regdeletekey|regdeletevalue|regenumkeys|regenumvalues|regaddmultistring"
              + "|regremovemultistring|loginconfig|makecab|ntsec|terminate_process|availablemedia|servicecontrol|subdirs|enumdsn"
              + "|filelist|execresultset|enumgroups|msver|getfiledetails)|sp_(password|executesql|execute|prepare|oacreate|oamethod"
              + "|oagetproperty|makewebtask|addextendedproc|addlogin|addsrvrolemember|sqlexec|configure|help|who|tables|columns"
              + "|start_job|add_job|oadestroy|replwritetovarbin)|dbms_(java|scheduler|xmlgen|xmlquery|sql|export_extension"
              + "|ldap|advisor|assert|cdc|repcat|random|output|utility|metadata|xslprocessor)|utl_(http|inaddr|file|tcp|smtp)"
              + "|httpuritype|ctxsys|drithsx|sys_eval|sys_exec|lo_import|lo_export|pg_read_file|pg_ls_dir"
              + "|load_extension|openrowset|opendatasource)\\b",
          "\\b(load_file|extractvalue|updatexml|name_const|xmltype|group_concat|openquery|lo_get)\\s*\\(",
          "\\binto\\s+(out|dump)file\\b",
          "\\bload\\s+data\\s+(local\\s+)?infile\\b",
          "\\bprocedure\\s+analyse\\s*\\(",
          "\\bcopy\\s+[\\w(),\\s]+\\s(from|to)\\s+(program|stdin|stdout|')"),
      Rule.of(
          "QS-SQL-05",
          SQL_INJECTION,
          "catalogues of databases",
          "\\binformation_schema\\b",
          "\\b(sysobjects|syscolumns|sysusers|sysdatabases|sysfilegroups|sysconstraints|sysindexes"
              + "|sysprocesses|sysservers|msys(ac\\w+|obj\\w+|quer\\w+|rel\\w+|mod\\w+|col\\w+|db)|performance_schema|innodb_(sys_|table|index|trx|lock)\\w*|syscat\\.\\w+|sysibm\\.\\w+"
              + "|sqlite(_temp)?_(master|schema|sequence|stat[0-9])|pg_catalog|pg_toast|pg_shadow|pg_database"
              + "|pg_(class|user|roles?|tables|authid|auth_members|attribute|proc|namespace|type|views|indexes|settings|stat_\\w+|language|trigger|group|temp\\w*|tablespace|extension|config|hba_\\w+|file_settings)|mysql\\.(db|user|host|proc|func|plugin|servers|event|\\w+_(stats|priv|log|name|zone)\\w*)|sys\\.(database_\\w+|sql_\\w+|server_\\w+|dm_\\w+|all_\\w+|user_\\w+|sys\\w+|views|schemas|procedures|types|configurations|tables|columns|objects"
              + "|databases|user\\$|schema_name|all_columns)|master\\.\\.|msdb|tempdb|northwind|schema_name|rdb\\$\\w+"
              + "|all_(tables|objects|users|tab_columns|tab_privs|constraints|cons_columns|triggers|views|source)"
              + "|user_(tables|objects|users|tab_columns|tab_privs|constraints|ind_columns|triggers|views|password|group|role_privs)"
              + "|dba_(users|tables|objects)|v\\$version|table_schema|table_name|column_name|attrelid|atttypid|attnotnull)\\b",
          "\\b(schema|database)\\s*\\(\\s*\\)"),
      Rule.of(
          "QS-SQL-06",
          SQL_INJECTION,
          "functions that only databases have",
          "\\b" + FUNCTIONS
              + "(\\([^)\\s]*['\"0-9@)(]|\\s*\\(\\s*(([a-z_][\\w.]*\\s*)?(,|['\"@(]|0x|[-+]?[0-9]+\\s*[,)]|\\)|select\\b|\\*)|$))",
          "^[^\\w\\u]*(version|user|schema|database|current_user|session_user|system_user|uuid|now|getdate|sysdate)\\s*\\(\\s*\\)[^\\w\\u]*$"),
      Rule.of(
          "QS-SQL-07",
          SQL_INJECTION,
          "a second statement",
          "[;'\")0-9]\\s*(drop|alter|create|truncate|rename)\\s+(table|database|user|index|view|schema|procedure|function|trigger|column"
              + "|login|role|tablespace|sequence|unique)\\b",
          ";\\s*(delete\\s+from|insert\\s+into|replace\\s+into|update\\s+[\\w.`\"\\[\\]]+\\s+set|select\\s+[\\w*'\"@(]|exec(ute)?(\\s*\\(|\\s+(immediate|sp_|xp_|master|msdb|sys|dbo|@|['\"(]))|shutdown\\s*(;|--|with\\b|$)"
              + "|declare\\s+@?\\w+|waitfor\\b|begin\\s+(declare|try|transaction)|handler\\s+[\\w`]+\\s+(open|read|close)|grant\\s+\\w+\\s+(on|to)"
              + "|revoke\\s|use\\s+\\w+\\s*;|truncate\\s|merge\\s+into|kill\\s+[0-9]+\\s*(;|--|$)|dbcc\\s+\\w|bulk\\s+insert\\b|(backup|restore)\\s+(database|log)\\b|commit\\s*(;|--)|do\\s+sleep)",
          "\\bdrop\\s+(table|database|schema|user|view|index|procedure|function)\\s+(if\\s+exists\\s+)?[`\"\\[]?[a-z_]\\w*",
          "\\binsert\\s+into\\s+[\\w.`\"\\[\\]]+\\s*(\\(|values\\b|select\\b|set\\b)",
          "\\bupdate\\s+[\\w.`\"\\[\\]]+\\s+set\\s+[\\w.`\"\\[\\]]+\\s*=",
          "\\bdelete\\s+from\\s+[a-z_`\"\\[][\\w.`\"\\]]*\\s*(where\\s+[\\w('\"]|;|--|#)",
          "\\b(alter|create)\\s+(table|database|user|view|schema|login|role)\\s+[`\"\\[]?[a-z_]\\w*\\s*(\\(|add\\b|drop\\b|modify\\b|alter\\b"
              + "|identified\\b|with\\b|as\\s+select|character|;)",
          "\\bcreate\\s+(or\\s+replace\\s+)?(function|procedure)\\s+[\\w.]+\\s*(\\(|returns\\b|as\\b|is\\b)",
          "\\btruncate\\s+table\\s+[a-z_]",
          "\\bhandler\\s+[\\w`.]+\\s+(open|read|close)\\b",
          "\\bmerge\\b[^;]*\\busing\\s*\\(",
          "\\bexecute\\s+immediate\\s*['\"(]",
          "\\bexec(ute)?\\s*\\(\\s*[@'\"]",
          "\\bexec(ute)?\\s+(master|sp_|xp_|@)",
          "\\bdeclare\\s+[@#]\\s*\\w+",
          "['\"0-9)]\\s*;\\s*(declare|open|fetch|close|deallocate)\\s+[\\w@-]+\\s*(--|;|for\\b|cursor\\b|$)",
          // A statement where a text begins with its separator, or with one that is set as no prose
          // sets it.
          "^['\"`)\\s]*;\\s*" + VERB + "\\s*[\\[(]?\\w{2}",
          "^\\S*[^\\s\\w,.:];\\s*" + VERB + "\\s+[\\[(]?\\w{2}",
          "^\\w*;" + VERB + "\\s+[\\[(]?\\w{2}",
          "^[^\\w\\u]*([0-9]+['\"`)]+|['`)])[^\\w\\u]*" + VERB + "\\s+[\\w(*]",
          "\\bdeclare\\s+@\\w+\\s+(as\\s+)?(n?varchar|n?char|int|table|sysname|cursor|nvarchar|varbinary)\\b",
          "\\balter\\s+\\w+[^;]*\\b(character|char)\\s+set\\s+\\w+",
          "\\balter\\s+table\\s+[`\"\\[]?[a-z_][\\w.]*[`\"\\]]?\\s+(add|change|drop|modify|rename|alter|convert|engine|disable|enable)\\b",
          "\\bprepare\\s+\\w+\\s+from\\b",
          "\\bdeallocate\\s+prepare\\b",
          "\\bshutdown\\s+with\\s+nowait\\b",
          "\\bcreate\\s+or\\s+replace\\s+(function|procedure|trigger|view|package)\\s+\\w",
          "['\")]\\s*;\\s*[a-z][^;]*;?\\s*(--|#|/\\*)\\W*$",
          "(['\"0-9)]\\s*;|^)\\s*call\\s+[\\w.]+\\s*\\([^)]*\\)\\s*(;|--|#|$)",
          "^\\s*(replace|insert)\\s+into\\s+[\\w.`]+\\s*(\\(|values|select|set)",
          "^\\s*show\\s+(tables|databases|schemas|grants|columns|variables|processlist|create\\s+table)\\s*(like\\b|from\\b|in\\b|where\\b|for\\b|;|--|$)",
          "^\\s*(restore\\s+(filelistonly|headeronly|labelonly|verifyonly)|bulk\\s+insert|dbcc\\s+\\w+|backup\\s+(database|log))\\b",
          "\\bexecute\\s+as\\s+(user|login|owner|caller|self)\\b",
          "(['\"0-9)]\\s*;)\\s*(desc|describe|explain|show|use|flush|lock|revert|reconfigure|go|print|raiserror|set|analyze|vacuum|attach|pragma|listen|notify|copy|lock)\\b[^;]*(;|--|#)",
          "\\bgrant\\s+[\\w,\\s]+\\s(on\\s+[\\w.*`]+\\s+)?to\\s+\\w+\\s*(;|identified\\b|with\\s+(grant|admin))",
          "\\b(pragma\\s+\\w+\\s*(\\(|=|;)|attach\\s+database\\s+['\"])"),
      Rule.of(
          "QS-SQL-08",
          SQL_INJECTION,
          "a condition behind a quotation mark that always holds",
          BROKEN
              + "(or|and|xor|\\|\\||&&|having|div|mod)[\\s('\"`@!~+-]+[\\w'\"`.@(){}%-]*\\s*['\"`)]*\\s*"
              + "(=|<>|!=|<=>|<|>|\\blike\\b|\\bis\\b|\\bin\\s*\\(|\\bbetween\\b|\\brlike\\b|\\bregexp\\b|\\bsounds\\s+like\\b|\\bnot\\b)\\s*['\"`(0-9a-z@!~+-]",
          BROKEN
              + "(or|\\|\\|)\\s*[(!~+-]*\\s*(true|false|null|exists|not|[0-9]+)\\s*(--|#|/\\*|;|\\)|$|['\"`(=<>]|(or|and|is|in|like|between|not|exists)\\b)",
          BROKEN
              + "(or|\\|\\|)\\s*['\"`(!~+-]+\\s*(true|false|null|not|exists|[0-9]+)\\s*['\"`(=<>)]",
          BROKEN + "(or|and)['\"`(!~+@-]",
          BROKEN + "(or|and|xor|\\|\\||&&)[\\s(]*['\"`][^'\"`\\s]*\\s*$",
          BROKEN + "(or|and|xor)\\W[^'\"`]*(--|#|/\\*)\\W*$",
          BROKEN + "[=^*|&<>!~%]+\\s*[0-9.]+\\s*(--|#|/\\*|;|['\"`]|$)",
          BROKEN + "(is\\s+)?not\\s*null\\b",
          BROKEN
              + "(or|and|xor|not|where|having)\\s+[\\w.]+\\s+(i?like|glob|regexp|rlike|similar\\s+to|match|in|between|is|notnull|isnull)\\b",
          "^[\\w@.+-]*\\\\?['\"`][\\s)]*(or|and)\\s+[^'\"`]*\\([^)]*\\)\\s*(=|--|#|;|<|>)",
          BROKEN + "(or|and|xor)\\s*\\(?\\s*select\\b",
          "[0-9'\"`)]\\s*\\|\\|\\s*\\(?\\s*select\\b",
          BROKEN
              + "(=|<>|!=|<=>|<|>|\\|\\||&&|\\^|\\*|/|%|-|\\+)\\s*['\"]\\s*(or|and|=|<>|;|--|#|\\)|$|['\"`]*\\s*(or|and)\\b)",
          "^[^\\s'\"]*['\"]\\s*\\)*\\s*(;\\s*)?(--([^a-z]|$)|#|/\\*)",
          "['\"`]\\s*\\)*\\s*(;\\s*)?(--\\s*-?|#|;?\\x00)\\s*$",
          "^\\s*['\"`]\\s*(or|and|like|regexp|having|union|group\\s+by|order\\s+by|between)[\\s('\"`]",
          "^[\\w@.]*['\"`]\\s*(like|regexp|rlike|sounds\\s+like|is\\s+(not\\s+)?null|between|having|div|mod|collate)\\b",
          "^[\\w@.]*['\"`]\\s*[-+*/%^|&<>=!~]+\\s*(\\(\\s*)*['\"`(]*\\s*(select|if|case|sleep|char|ascii|substring?|length|['\"](\\w|\\s*[^\\s\\w'\"`,.)]|\\s*$))",
          BROKEN + "(or|and|xor)\\s*(['\"`][^'\"`]*['\"`]|[0-9]+)\\s*[<>=!]"),
      Rule.of(
              "QS-SQL-09",
              SQL_INJECTION,
              "a comparison of constants, or of what an attacker probes",
              "\\b(or|and|xor|not|having|when|where)[\\s(+!~-]+['\"]?[0-9]+['\"]?\\s*\\)*\\s*(=|<>|!=|<=>|<|>|>=|<=|like|rlike|in|is|between)\\s*[('\"+!~-]*[0-9]+"
                  + "\\s*(--|#|/\\*|;|$|['\")]|or\\b|and\\b|limit\\b|order\\b|group\\b|union\\b|then\\b)",
              "\\b(or|and|xor|having)[\\s(+!~-]+(['\"])[^'\"\\s]{0,24}['\"]\\s*(=|<>|!=|<=>|<|>|like|rlike|regexp|is|in)\\s*[('\"]",
              "\\b(or|and|xor)[\\s(]+(true|false)\\s*(--|#|/\\*|;)",
              "\\b(or|and)[\\s(]+(not\\s+)?exists\\s*\\(\\s*select\\b",
              "\\bhaving\\s+[0-9'\"]+\\s*[=<>]",
              "\\bhaving\\s+['\"]?[0-9a-z]+['\"]?\\s*(=|<|>|like)\\s*['\"]?[0-9a-z]+['\"]?\\s*(--|#|/\\*|;)",
              "[0-9'\")]\\s*\\border\\s+by\\s+[0-9]+\\s*(,\\s*[0-9]+\\s*)*(--|#|/\\*|;|$)",
              "\\bgroup\\s+by\\s+[\\w.,\\s]+\\bhaving\\s+",
              "[0-9'\"]\\)*\\s*(and|or|xor|&&|\\|\\|)\\s*(\\(\\s*)*(select|if|ascii|ord|substring|substr|mid|left|right|lower|upper|length|char_length|exists|case|sleep|user"
                  + "|count|rand|iif|cast|convert|row|strcmp|isnull|ifnull|nullif|user_name|db_name|version|database|coalesce|nvl|decode)\\s*\\([^)\\s]*['\"0-9),(]",
              "\\b(ascii|ord|substring|substr|mid|length|left|right|lower|upper|hex|bin|char_length|count)\\s*\\([^;]*\\)\\s*(=|<|>|!=|<>|like|between)\\s*"
                  + "(['\"]|[0-9]+\\s*(--|#|/\\*|;|and\\b|or\\b))",
              "\\b(or|and)\\s+[0-9]+\\s*(--|#|/\\*|;)",
              "[0-9'\")]\\s+(or|and|xor)\\s+(true|false|null)\\s*$",
              // Behind a value alone: a filter such as pe > 10 and pe < 20 compares before, too.
              "^[^<>=]*[0-9'\")]\\s+(or|and)\\s+(\\w+\\s*(=|<|>|!=|<>)\\s*\\w+\\s*(--|#|/\\*|;)|['\"]?\\w+['\"]?\\s*=\\s*['\"]?\\w+['\"]?\\s*$)",
              "^\\s*(-[0-9]+\\s+or\\s+[0-9]+|1\\s+or\\s+1|0\\s+or\\s+1)\\s*$",
              "^\\W*(or|and)\\s+(isnull|not|exists|true|false|[0-9]+|'[^']*')\\W[^a-z]*(--|#|/\\*)",
              "[0-9'\")]\\s*\\b(order|group)\\s+by\\s+[0-9]+\\s*(asc|desc)?\\s*(--|#|/\\*|;)",
              "[0-9'\")]\\s+(or|and)\\s+\\w+\\s*(=|<|>|!=|<>)\\s*\\w+\\s*(--|#|/\\*)",
              "^\\s*-?[0-9]+['\")]*\\s+(group|order)\\s+by\\s+[0-9]+",
              "^\\s*-?[0-9]+\\s+(like|rlike|regexp|sounds\\s+like)\\s+['\"(]*[0-9]+\\s*$",
              "^[^<>=]*[0-9'\")]\\s*(&&|\\|\\|)\\s*['\"(]*[0-9]+['\")]*\\s*(=|<|>|!=|<>|like)\\s*['\"(]*[0-9]+",
              "^[^\\s'\"`]{1,64}(['\"]\\s*;|`\\s*;\\s*$)",
              "\\bsubstr(ing)?\\s*\\(\\s*[\\w.]+\\s*,\\s*[0-9]+\\s*,\\s*[0-9]+\\s*\\)",
              "\\bconcat(_ws)?\\s*\\(([^)]*[^\\w)])?(0x[0-9a-f]+|char\\s*\\(|@@|user\\b|version\\b|database\\b)",
              "\\b[0-9]+\\.e[().,]",
              "\\bcase\\s+when\\b[^;]*\\bthen\\b[^;]*\\bend\\b",
              "\\bin\\s*\\(\\s*select\\b[^)]*(\\bfrom\\b|@@|[0-9'\"(])",
              "\\bexists\\s*\\(\\s*select\\b[^)]*\\b(from|where)\\b",
              "\\bmatch\\s*\\(?[\\w.,`\\s()+-]+\\)?\\s*against\\s*\\(",
              "\\bif\\s*\\([^,]{1,60}(select|sleep|now\\s*\\(|benchmark|user\\s*\\()",
              "\\br?like\\s+\\(?\\s*(select|if|case|char|0x)\\b",
              "\\bsounds\\s+like\\b\\s*['\"]",
              "['\")]\\s*(like|rlike|regexp|div|mod|xor)\\s*['\"(]")
          .notInProse(),
      Rule.of(
          "QS-SQL-10",
          SQL_INJECTION,
          "words and signs of one maker's SQL",
          "/\\*[!+]",
          "/\\*\\s+\\+",
          "@@[a-z_]+",
          "\\bcast\\s*\\([^)]{1,80}\\bas\\s+(n?(var)?char|int|integer|decimal|numeric|signed|text|date|binary)",
          "\\b(n?char|chr)\\s*\\(\\s*(0x)?[0-9]+\\s*(,\\s*[0-9a-fx]+\\s*)*\\)\\s*([+|,)]|\\bas\\b|$)",
          "\\bconvert\\s*\\(\\s*(int|n?(var)?char|datetime|[^)]{1,80}using)\\b\\s*[(,]?",
          "\\{\\s*(if|d|fn|t|ts|oj)\\b[^}]{0,80}(select|\\(|')",
          "\\bregexp\\s+binary\\b|\\bbinary\\s+(0x|'|\")",
          "\\blimit\\s+[0-9]+\\s*(,|offset)\\s*[0-9]+\\s*(--|#|/\\*|;|into\\b|union\\b|procedure\\b)",
          "['\"]\\s*collate\\s+\\w+",
          "\\b(utf8mb4|utf8|latin1|ascii|binary|ucs2|utf16)_(general_ci|bin|unicode_ci|swedish_ci)\\b",
          "(^|[\\s(,=])_(binary|utf8|utf8mb4|latin1|ascii|ucs2|utf16)\\s*(0x|x'|'|\")",
          "[=(,\\s]x'[0-9a-f]{2,}'",
          "\\b(select|like|concat|char|in|values|union|all)[\\s(]+0x[0-9a-f]{4,}",
          "[,(]\\s*0x[0-9a-f]{4,}\\s*,",
          "[=<>]\\s*0x[0-9a-f]{2,}\\s*(--|#|/\\*|or\\b|and\\b)",
          "\\bselect\\s+(current_user|session_user|system_user|@@version|null)\\b",
          "[0-9'\")\\]]\\s*::\\s*(int|text|numeric|bool|varchar|char|regclass|bytea|date|float)\\w*\\b",
          "\\bprint\\s+@@"),
      Rule.of(
          "QS-SQL-11",
          SQL_INJECTION,
          "operators on JSON in SQL",
          "['\"]\\s*::\\s*jsonb?\\b",
          "['\"]\\s*(@>|<@|->>?\\s*['\"0-9]|#>>?\\s*['\"]|#-\\s*['\"]|\\?\\||\\?&|@\\?|@@)",
          "\\bjson_extract\\s*\\(",
          "[}\\]]['\"]\\s*(\\?|<|>|@|=|->|#)\\s*['\"]",
          "\\bjson(b)?_(each|array_elements|to_record|populate_record|agg|build_object)\\w*\\s*\\("),
      Rule.of(
              "QS-SQL-12",
              SQL_INJECTION,
              "numbers that programs are known to break on",
              "^\\s*-?0*(2147483647|214748364[89]|429496729[4-7]|9223372036854775807|922337203685477580[89]|18446744073709551615)\\s*$",
              "^\\s*-?[0-9]\\.[0-9.]*e-?3[0-9]{2}\\s*$",
              "^\\s*-?1e3[0-9]{2}\\s*$",
              "^\\s*-?(0000012345|0000023456)\\s*$")
          .notInProse(),
      Rule.of(
              "QS-SQL-13",
              SQL_INJECTION,
              "many signs of SQL together",
              "['\"`].*['\"`].*(--|#|/\\*|;).*['\"`=]")
          .paranoia(2)
          .score(Rule.WARNING)
          .notInProse(),
      Rule.of(
              "QS-SQL-14",
              SQL_INJECTION,
              "a comment of SQL",
              "--\\s*$",
              "--\\s*-",
              "#\\s*$",
              "/\\*.*\\*/")
          .paranoia(2)
          .score(Rule.WARNING)
          .notInProse(),
      Rule.of(
              "QS-SQL-15",
              SQL_INJECTION,
              "words of SQL",
              "\\b(union\\s+select|select\\b.*\\bfrom|insert\\s+into|delete\\s+from|update\\b.*\\bset|drop\\s+\\w+|group\\s+by|order\\s+by|having"
                  + "|where\\s+\\w+\\s*=|or\\s+\\w+\\s*=|and\\s+\\w+\\s*=|like\\s+['\"%])",
              "\\b(distinct|having|procedure|declare|exec)\\b")
          .paranoia(2)
          .notInProse(),
      Rule.of(
              "QS-SQL-16",
              SQL_INJECTION,
              "quotation marks",
              "['\"`].*[=<>|&;(]",
              "[=<>|&;(].*['\"`]",
              "['`]")
          .paranoia(3)
          .notInProse(),
      Rule.of("QS-SQL-17", SQL_INJECTION, "many signs", "([^\\w\\s,.\\u-].*){6}")
          .paranoia(3)
          .notInProse(),
      Rule.of("QS-SQL-18", SQL_INJECTION, "any sign", "[^\\w\\s,.\\u-]{2}")
          .paranoia(4)
          .notInProse());

  private SqlRules() {}
}
