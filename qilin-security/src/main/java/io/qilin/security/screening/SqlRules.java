package io.qilin.security.screening;

import static io.qilin.security.screening.AttackCategory.SQL_INJECTION;

import java.util.List;

/** Parts of SQL statements where none belongs. Sentences that merely name statements are left alone. */
final class SqlRules {
  private static final String GAP = "[\\s(+]+";
  private static final String CALLED =
      "(char|chr|nchar|concat|concat_ws|group_concat|load_file|user|database|schema|version|ascii"
          + "|hex|unhex|cast|convert|if|ifnull|sleep|benchmark|extractvalue|count|substr|substring|mid|md5|sha1|length|string_agg"
          + "|current_user|session_user|system_user)\\s*\\(";
  private static final String NAME = "[`\"\\[]?[a-z_][\\w.$]*[`\"\\]]?";
  private static final String LONG_FUNCTIONS =
      "(adddate|addtime|aes_decrypt|aes_encrypt|asciistr|bit_and|bit_count|bit_length|bit_or"
          + "|bit_xor|char_length|character_length|charindex|concat_ws|connection_id|convert_tz|cookie_signed|crc32|curdate"
          + "|current_date|current_time|current_timestamp|current_user|curtime|date_add|date_format|date_sub|datediff|dayname|dayofmonth"
          + "|dayofweek|dayofyear|des_decrypt|des_encrypt|export_set|extractvalue|find_in_set|found_rows|from_base64|from_days"
          + "|from_unixtime|get_format|get_lock|group_concat|ifnull|inet6_aton|inet6_ntoa|inet_aton|inet_ntoa|is_free_lock|is_ipv4"
          + "|is_ipv6|is_used_lock|json_array|json_arrayagg|json_extract|json_keys|json_object|json_quote|json_search"
          + "|json_unquote|last_insert_id|lcase|load_file|localtime|localtimestamp|lo_export|lo_import|ltrim|makedate|make_set"
          + "|master_pos_wait|monthname|name_const|nullif|nvarchar|octet_length|old_password|openquery|openrowset|patindex|period_add"
          + "|period_diff|pg_client_encoding|pg_ls_dir|pg_read_file|pg_sleep|pg_user|polygonfromtext|quotename|randomblob|raise_error"
          + "|rawtohex|regexp_instr|regexp_like|regexp_replace|regexp_substr|release_lock|row_count|rtrim|sec_to_time|session_user"
          + "|soundex|sql_to_xml|sqlite_version|st_geomfromtext|str_to_date|strcmp|string_agg|subdate|substr|substring_index|subtime"
          + "|sys_context|sysdate|sys_eval|sys_exec|system_user|time_format|time_to_sec|timediff|timestampadd|timestampdiff|to_base64"
          + "|to_char|to_clob|to_days|to_nchar|to_number|to_seconds|tsvector|ucase|uncompress|unhex|unix_timestamp|updatexml|utc_date"
          + "|utc_time|utc_timestamp|utl_inaddr|uuid_short|var_pop|var_samp|weekofyear|weight_string|xmltype|xpath_string|yearweek"
          + "|zeroblob|unistr|ordinality|json_each|json_tree|load_extension|dbms_assert|generate_series|query_to_xml|table_to_xml"
          + "|database_to_xml|current_setting|set_config|sha2|st_latfromgeohash|st_longfromgeohash|gtid_subset"
          + "|gtid_subtract|password|uuid_to_bin|bin_to_uuid)";

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
          "\\bunion" + GAP + "((all|distinct|distinctrow)" + GAP + ")?select\\s*$"),
      Rule.of(
          "QS-SQL-02",
          SQL_INJECTION,
          "SELECT of columns from a table",
          "\\bselect\\s+((distinct|all|top\\s+[0-9]+)\\s+)?(\\*|[\\w.@`\"\\[\\]]+(\\s*,\\s*[\\w.@`\"\\[\\]*]+)+|[\\w.]+\\s*\\([^)]*\\))"
              + "\\s*(as\\s+\\w+\\s+)?from\\s+[`\"\\[(]?[a-z_]",
          "\\(\\s*select\\s+[\\w.*`]+\\s+from\\s+[`\"\\[(]?[a-z_]",
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
          "\\bsleep\\s*\\(\\s*['\"(]?\\s*[0-9][^)]*\\)?\\)",
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
              + "|sysprocesses|sysservers|msysaces|msysobjects|msysqueries|msysrelationships|msyscolumns|msysmodules"
              + "|sqlite_master|sqlite_schema|sqlite_temp_master|pg_catalog|pg_toast|pg_shadow|pg_database"
              + "|pg_class|pg_user|pg_roles|pg_tables|mysql\\.(db|user|host|proc|innodb_table_stats)|sys\\.(tables|columns|objects"
              + "|databases|user\\$|schema_name|all_columns)|master\\.\\.|msdb|tempdb|northwind|schema_name|rdb\\$\\w+"
              + "|all_(tables|objects|users|tab_columns|tab_privs|constraints|cons_columns|triggers|views|source)"
              + "|user_(tables|objects|users|tab_columns|tab_privs|constraints|ind_columns|triggers|views|password|group|role_privs)"
              + "|dba_(users|tables|objects)|v\\$version|table_schema|table_name|column_name|attrelid|atttypid|attnotnull)\\b",
          "\\b(schema|database)\\s*\\(\\s*\\)"),
      Rule.of(
          "QS-SQL-06",
          SQL_INJECTION,
          "functions that only databases have",
          "\\b" + LONG_FUNCTIONS + "\\s*\\(\\s*[\\x21-\\x7e]"),
      Rule.of(
          "QS-SQL-07",
          SQL_INJECTION,
          "a second statement",
          "[;'\")0-9]\\s*(drop|alter|create|truncate|rename)\\s+(table|database|user|index|view|schema|procedure|function|trigger|column"
              + "|login|role|tablespace|sequence|unique)\\b",
          ";\\s*(delete\\s+from|insert\\s+into|replace\\s+into|update\\s+[\\w.`\"\\[\\]]+\\s+set|select\\s+[\\w*'\"@(]|exec(ute)?[\\s(]|shutdown\\b"
              + "|declare\\s+@?\\w+|waitfor\\b|begin\\s+(declare|try|transaction)|handler\\s+[\\w`]+\\s+(open|read|close)|grant\\s+\\w+\\s+(on|to)"
              + "|revoke\\s|use\\s+\\w+\\s*;|truncate\\s|merge\\s+into|call\\s+\\w+\\s*\\(|kill\\s+[0-9]|commit\\s*(;|--)|do\\s+sleep)",
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
          "\\bdeclare\\s+@\\w+\\s+(as\\s+)?(n?varchar|n?char|int|table|sysname|cursor|nvarchar|varbinary)\\b",
          "\\balter\\s+\\w+[^;]*\\b(character|char)\\s+set\\s+\\w+",
          "\\balter\\s+table\\s+[`\"\\[]?[a-z_][\\w.]*[`\"\\]]?\\s+(add|change|drop|modify|rename|alter|convert|engine|disable|enable)\\b",
          "\\bprepare\\s+\\w+\\s+from\\b",
          "\\bdeallocate\\s+prepare\\b"),
      Rule.of(
          "QS-SQL-08",
          SQL_INJECTION,
          "a condition behind a quotation mark that always holds",
          "['\"`]\\s*(\\)\\s*)*(or|and|xor|\\|\\||&&|\\bhaving|\\bdiv|\\bmod)[\\s('\"`@!~+-]+[\\w'\"`.@(){}%-]*\\s*['\"`)]*\\s*"
              + "(=|<>|!=|<=>|<|>|\\blike\\b|\\bis\\b|\\bin\\s*\\(|\\bbetween\\b|\\brlike\\b|\\bregexp\\b|\\bsounds\\s+like\\b|\\bnot\\b)\\s*['\"`(0-9a-z@!~+-]",
          "['\"`]\\s*(\\)\\s*)*(or|\\|\\|)\\s*['\"`(!~+-]*\\s*(true|false|null|not|exists|[0-9]+)\\b",
          "['\"`]\\s*(or|and|xor)\\s*\\(?\\s*select\\b",
          "[0-9'\"`)]\\s*\\|\\|\\s*\\(?\\s*select\\b",
          "['\"`]\\s*(=|<>|!=|<=>|<|>|\\|\\||&&|\\^|\\*|/|%|-|\\+)\\s*['\"`]\\s*(or|and|=|<>|;|--|#|\\)|$|['\"`]*\\s*(or|and)\\b)",
          "^[^\\s'\"]*['\"`]\\s*\\)*\\s*(;\\s*)?(--|#|/\\*)",
          "['\"`]\\s*\\)*\\s*(;\\s*)?(--\\s*-?|#|;?\\x00)\\s*$",
          "^\\s*['\"`]\\s*(or|and|like|regexp|having|union|group\\s+by|order\\s+by|between)[\\s('\"`]",
          "^[\\w@.]*['\"`]\\s*(like|regexp|rlike|sounds\\s+like|is\\s+(not\\s+)?null|between|having|div|mod|collate)\\b",
          "^[\\w@.]*['\"`]\\s*[-+*/%^|&<>=!~]+\\s*(\\(\\s*)*['\"`(]*\\s*(select|if|case|sleep|char|ascii|substring?|length|['\"`])",
          "['\"`]\\s*(or|and)\\s+[\\w.]+\\s+(like|is|in|between|rlike|regexp)\\b[\\s(]*(['\"%0-9]|null|not)"),
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
              "[0-9'\")]\\s*(and|or|xor|&&|\\|\\|)\\s*(\\(\\s*)*(select|if|ascii|ord|substring|substr|mid|length|char_length|exists|case|sleep|user"
                  + "|count|rand|iif|cast|convert|row|strcmp)\\s*\\(",
              "\\b(ascii|ord|substring|substr|mid|length|left|right|lower|upper|hex|bin|char_length|count)\\s*\\([^;]*\\)\\s*(=|<|>|!=|<>|like|between)\\s*"
                  + "(['\"]|[0-9]+\\s*(--|#|/\\*|;|and\\b|or\\b))",
              "\\b(or|and)\\s+[0-9]+\\s*(--|#|/\\*|;)",
              "[0-9'\")]\\s+(or|and|xor)\\s+(true|false|null)\\s*$",
              // Behind a value alone: a filter such as pe > 10 and pe < 20 compares before, too.
              "^[^<>=]*[0-9'\")]\\s+(or|and)\\s+\\w+\\s*(=|<|>|!=|<>)\\s*\\w+\\s*(--|#|/\\*|;|$)",
              "[0-9'\")]\\s+(or|and)\\s+\\w+\\s*(=|<|>|!=|<>)\\s*\\w+\\s*(--|#|/\\*|;)",
              "^\\s*-?[0-9]+['\")]*\\s+(group|order)\\s+by\\s+[0-9]+",
              "^\\s*-?[0-9]+\\s+(like|rlike|regexp|sounds\\s+like)\\s+['\"(]*[0-9]+\\s*$",
              "^[^<>=]*[0-9'\")]\\s*(&&|\\|\\|)\\s*['\"(]*[0-9]+['\")]*\\s*(=|<|>|!=|<>|like)\\s*['\"(]*[0-9]+",
              "^[^'\"`]{1,64}['\"`]\\s*;",
              "\\bsubstr(ing)?\\s*\\(\\s*[\\w.]+\\s*,\\s*[0-9]+\\s*,\\s*[0-9]+\\s*\\)",
              "\\bconcat(_ws)?\\s*\\([^)]*\\b(0x[0-9a-f]+|char\\s*\\(|@@|user\\b|version\\b|database\\b)",
              "\\b[0-9]+\\.e[().,]",
              "\\bcase\\s+when\\b[^;]*\\bthen\\b[^;]*\\bend\\b",
              "\\bin\\s*\\(\\s*select\\b",
              "\\bexists\\s*\\(\\s*select\\b",
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
          "\\bconvert\\s*\\(\\s*(int|char|[^)]{1,80}using)\\b",
          "\\{\\s*(if|d|fn|t|ts|oj)\\b[^}]{0,80}(select|\\(|')",
          "\\bregexp\\s+binary\\b|\\bbinary\\s+(0x|'|\")",
          "\\blimit\\s+[0-9]+\\s*(,|offset)\\s*[0-9]+\\s*(--|#|/\\*|;|into\\b|union\\b|procedure\\b)",
          "['\"]\\s*collate\\s+\\w+",
          "\\b(utf8mb4|utf8|latin1|ascii|binary|ucs2|utf16)_(general_ci|bin|unicode_ci|swedish_ci)\\b",
          "[\\s(,=]_(binary|utf8|utf8mb4|latin1|ascii|ucs2|utf16)\\s*(0x|x'|'|\")",
          "[=(,\\s]x'[0-9a-f]{2,}'",
          "[=(,\\s]0x[0-9a-f]{6,}\\s*([,)]|--|#|$)",
          "\\bselect\\s+(current_user|session_user|system_user|@@version|null)\\b",
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
              "^\\s*(-?0000023456|-0000012345|0000012345|4294967295|4294967296|2147483648|2147483647|-2147483648|-2147483649"
                  + "|3\\.0\\.00738585072007e-308|2\\.2250738585072007e-308|2\\.2250738585072011e-308|2\\.2250738585072012e-308|1e309)\\s*$")
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
