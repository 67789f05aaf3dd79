package io.qilin.security.screening;

import static io.qilin.security.screening.AttackCategory.COMMAND_INJECTION;

import java.util.List;

/** What the command line of Windows or PowerShell would run. Carets and quotation marks inside words are taken out first. */
final class WindowsRules {
  private static final int ALL = Views.SHELL;
  private static final String BEGIN =
      "(^|[;&|`\\n\\r({]|&&|\\|\\||\\bcall\\s|\\bstart\\s)[\\s(@'\"^]*(\\w:)?([\\\\/]?[\\w .-]{1,24}[\\\\/]){0,5}";
  private static final String INSIDE = "([;&|\\n\\r]|&&|\\|\\|)[\\s(@'\"^]*";
  private static final String END =
      "(\\.(exe|com|bat|cmd|ps1|vbs|msc|cpl))?(\\s*[;|&`<>)\\n\\r]|[\\s,]+[\\w\\-/\"'%.$\\\\:*]|\\s*$)";

  private static final String PROGRAMS =
      "(appcmd|assoc|attrib|auditpol|bcdedit|bitsadmin|bootcfg|cacls|certreq|certutil|chcp|chkdsk|chkntfs|cmd|cmdkey|cmstp|cscript|csvde|cmdiag|csc|dfscmd|diskpart|diskshadow|dnscmd|driverquery|dsadd|dsget|dsmod|dsquery|dsrm|esentutl|eventcreate|extrac32|findstr|forfiles|fsutil|ftype|gpresult|gpupdate|icacls|ieexec|infdefaultinstall|installutil|ipconfig|jsc|ldifde|logman|logoff|makecab|mavinject|mkdir|mklink|mountvol|msbuild|msconfig|msdt|mshta|msiexec|mstsc|netcfg|netdom|netsh|netstat|nltest|nslookup|ntdsutil|odbcconf|openfiles|pathping|pcalua|pcwrun|powercfg|powershell|powershell_ise|presentationhost|prndrvr|procdump|psexec|pwsh|qappsrv|qprocess|quser|qwinsta|rasdial|rcp|regasm|regedit|regini|register-cimprovider|regsvcs|regsvr32|rmdir|robocopy|rpcping|rundll32|runas|runonce|runscripthelper|rwinsta|schtasks|scriptrunner|secedit|setx|sfc|sigverif|syncappvpublishingserver|systeminfo|takeown|taskkill|tasklist|telnet|tftp|tracerpt|tracert|tscon|tsdiscon|tskill|typeperf|tzutil|unlodctr|verclsid|vssadmin|w32tm|waitfor|wbadmin|wecutil|wevtutil|whoami|winrm|winrs|winver|wmic|wscript|wsl|wsmprovhost|wsreset|wuauclt|wusa|xcopy|xwizard|bcdboot|bdehdcfg|bootim|bootsect|chglogon|chgport|chgusr|cprofile|dcdiag|dcgpofix|dcpromo|dfsrmig|diantz|diskcomp|diskcopy|diskperf|diskraid|dispdiag|djoin|evntcmd|fondue|freedisk|fveupdate|getmac|graftabl|ksetup|ktmutil|ktpass|lodctr|lpq|lpr|manage-bde|mapadmin|mqbkup|mqsvc|mqtgsvc|nbtstat|nfsadmin|nfsshare|nfsstat|ntbackup|ntfrsutl|pagefileconfig|pnpunattend|pnputil|prncnfg|prnjobs|prnmngr|prnport|prnqctl|pubprn|pwlauncher|qchain|rdpsign|refsutil|relog|repair-bde|risetup|rpcinfo|rsh|rsm|serverceipoptin|servermanagercmd|serverweroptin|setspn|showmount|tapicfg|tcmsetup|tlntadmn|tpmtool|tpmvscmgr|wdsutil|winsat|winpop|winget|choco|scoop|nvspbind|icfg|fltmc|mofcomp|dism|sdbinst|wmiadap|wbemtest|dnx|dotnet|sqlcmd|bcp|osql)";

  /** Programs that are words of prose, too. */
  private static final String PROSE =
      "(control|defrag|expand|format|label|md|net1?|print|query|rd|recover|reg|ren|rename|replace|reset|route|sc|shutdown|subst|timeout|where|erase|del|verifier|cipher|change|choice|clip|comp|compact|edit|append|mount|hostname|repair)";

  private static final String SHORT =
      "(arp|at|cd|chdir|cls|color|copy|date|dir|doskey|echo|endlocal|exit|fc|find|ftp|goto|help|if|more|move|path|pause|ping|popd|prompt|pushd|rem|set|setlocal|shift|sort|start|time|title|tree|type|ver|verify)";

  private static final String ALIASES =
      "(iex|iwr|irm|icm|gc|gci|gcm|gp|gps|gsv|gwmi|ni|nsn|ipmo|ipcsv|epcsv|rp|rv|ri|sal|sajb|saps|sasv|sbp|spps|spsv|sv|swmi|rsn|rcsn|rcjb|rjb|rni|rnp|rwmi|iwmi|ihy|ii|ise|mi|mp|nal|ndr|nmo|nv|oh|ogv|pushd|popd|sasv|sls|trcm|ujb|wjb|clc|clhy|cli|clp|clv|cnsn|cpi|cpp|cvpa|dbp|dnsn|ebp|etsn|exsn|fhx|gal|gbp|gcb|gcs|gdr|ghy|gin|gjb|gl|gm|gmo|gpv|gsn|gsnp|gtz|gu|gv|scb|shcm|si|sl|sp|stz)";

  private static final String VERBS =
      "(add|approve|backup|checkpoint|clear|close|compare|complete|compress|confirm|connect|convert|convertfrom|convertto|copy|debug|deny|disable|disconnect|dismount|enable|enter|exit|expand|export|find|foreach|format|get|grant|group|import|initialize|install|invoke|join|limit|lock|measure|merge|mount|move|new|open|optimize|out|pop|protect|publish|push|read|receive|redo|register|remove|rename|repair|request|reset|resize|resolve|restart|restore|resume|revoke|save|search|select|send|set|show|skip|sort|split|start|step|stop|submit|suspend|switch|sync|tee|test|trace|unblock|undo|uninstall|unlock|unprotect|unpublish|unregister|update|use|wait|watch|where|write)";

  private static final String NOUNS =
      "(acl|alias|adcomputer|adgroup|aduser|addomain|authenticodesignature|bitstransfer|cimassociatedinstance|ciminstance|cimmethod|cimclass|cimsession|clipboard|command|computer|computerinfo|computerrestore|consolefile|content|counter|credential|culture|csv|debug|dnsclient|dnsname|error|event|eventlog|eventsource|eventsubscriber|executionpolicy|expression|file|formatdata|gpo|gpresult|help|history|host|hotfix|html|item|itemproperty|itempropertyvalue|job|json|localuser|localgroup|localgroupmember|location|mailmessage|member|module|modulemember|mpcomputerstatus|mppreference|netadapter|netfirewallrule|netipaddress|netipconfiguration|nettcpconnection|netroute|null|object|output|package|packagesource|path|printer|process|progress|psbreakpoint|psdebug|psdrive|psrepository|pssession|pssessionconfiguration|pssnapin|psprovider|random|restmethod|runspace|scheduledjob|scheduledtask|securestring|service|session|sheet|sleep|smbshare|string|strictmode|tracesource|transaction|troubleshootingpack|type|typedata|uiculture|unique|variable|verbose|volume|warning|webrequest|webserviceproxy|winevent|wmievent|wmimethod|wmiobject|wmiinstance|wsman|wsmaninstance|wsmanaction|xml|zip|archive|objectevent|engineevent|cmsmessage|controlpanelitem|pfxcertificate|timezone|gridview|clixml|markdown|modulemanifest|localizeddata|stringdata|\\w*runspace\\w*|computerrestorepoint|machinepassword|guid|temporaryfile|filehash|filecatalog|dscresource|packageprovider|scriptfileinfo|itemtype|win\\w+|dns\\w+|smb\\w+|vm\\w*|az\\w+|msol\\w+|mailbox\\w*|bitlocker\\w*|disk\\w*|partition|firewall\\w*|scheduledtask\\w*|certificate|connection|netconnection|childitem|csp|default|defaultformatter|cim\\w+|ps\\w+|wmi\\w+|ad\\w+|net\\w+|item\\w+)";

  static final List<Rule> RULES = List.of(
      Rule.of(
              "QS-WIN-01",
              COMMAND_INJECTION,
              "a program of Windows behind a separator",
              INSIDE + "(\\w:)?([\\\\/]?[\\w.-]{1,24}[\\\\/]){0,5}" + PROGRAMS + END,
              INSIDE + PROSE
                  + "(\\.(exe|com))?(\\s+(/[a-z]|%\\w|\\\\|[a-z]:|[\\w.]*\\*|[<>])|[|<>])",
              INSIDE + SHORT + "(\\.(exe|com|bat)" + END
                  + "|\\s+[/\\\\%\"'.*]|\\s+-[a-z]|\\s+[a-z]:\\\\)",
              "^\\S*[^\\s;,][|&`\\n]" + SHORT + "\\s*([|&<>]|$)",
              "^['\"\\s)]*([;&]+\\s*|[;&|]*\\|)(" + PROGRAMS + "|" + PROSE + "|" + SHORT
                  + "|call|vol|erase)([\\s/.;|&<>`)]|$)",
              "^\\S*[|&`\\n]\\s*(dir|type|copy|echo|ping|del|move|md|rd|ren|start|call|set|more|sort)\\s+[\\w.%\\\\/:*=-]+(\\s+[\\w.%\\\\/:*=-]+)?\\s*($|[;&|<>])",
              INSIDE
                  + "(dir|type|copy|echo|ping|del|move)\\s+[\\w%-]*[.%\\\\/:*][\\w.%\\\\/:*-]*\\s*($|[;&|<>])")
          .only(Views.PLAIN | ALL),
      Rule.of(
              "QS-WIN-02",
              COMMAND_INJECTION,
              "a program of Windows with its arguments",
              BEGIN + "(powershell|pwsh|cmd)(\\.exe)?\\s+([/-]\\w|\\w+-\\w)",
              BEGIN + "(" + PROGRAMS + "|" + PROSE
                  + ")(\\.(exe|com|bat|cmd|msc|cpl|vbs))?(/[a-z]([\\s:]|$)|\\s+([/-]\\w|%\\w+%|\\\\\\\\|[a-z]:[\\\\/]|https?:))",
              "\\bcmd(\\.exe)?\\s*/[cqkrsv]\\b",
              "\\b(powershell|pwsh)(\\.exe)?\\s+(-\\w+|\\w+-\\w+|[\\w.]+::)",
              BEGIN
                  + "net1?\\s+(localgroup|accounts|session|statistics|(user|group|share|use|view|start|stop|config|time)\\s*(/|\\\\|[a-z]:|\\w+\\s+(/|[^\\s]+\\s+/)|$|[;|&]))",
              BEGIN
                  + "(sc\\s+(query|create|config|start|stop|delete)|reg\\s+(query|add|delete|save|export|load|import)|wmic\\s+\\w+\\s+(get|list|call|where)|netsh\\s+\\w+\\s+\\w+|schtasks\\s+/|vssadmin\\s+\\w+|certutil\\s+-)\\b",
              "\\b(cmd|powershell|pwsh|wscript|cscript|mshta|rundll32|regsvr32|certutil|bitsadmin|wmic|tasklist|ipconfig|systeminfo|whoami)\\.exe\\b",
              "%(comspec|systemroot|windir|systemdrive|appdata|programfiles|userprofile|username|computername|path|temp|tmp|cd|os|pathext|public|homepath|allusersprofile|programdata|localappdata)(:[^%]{1,20})?%",
              "\\bfor\\s+(/[dflr]\\s+[^%]{0,40})?%+[^\\s]{1,4}\\s+in\\s*\\(",
              "\\bif\\s+(/i\\s+)?(not\\s+)?(exist|defined|errorlevel|cmdextversion)\\s+([\\w-]*[\"%\\\\.:*][\\w\"%\\\\.:*-]+|\\w+\\s+\\(?("
                  + PROGRAMS + "|" + SHORT + "))",
              "^[\\s;&|(]*if\\s+(/i\\s+)?(not\\s+)?(exist|defined|errorlevel|cmdextversion)\\s+\\S+\\s+\\S+\\s*$",
              "\\bif\\s+/i\\s+(not\\s+)?\\S+\\s*==",
              "\\bif\\s+(not\\s+)?[\"%][\\w%.]*[\"%]?\\s*==\\s*\\S+",
              "\\bif\\s+(not\\s+)?\\S+\\s+(equ|neq|lss|leq|gtr|geq)\\s+\\S+",
              "\\bdel\\s+/[fsqp]\\b")
          .only(Views.PLAIN | ALL),
      Rule.of(
              "QS-WIN-03",
              COMMAND_INJECTION,
              "commands of PowerShell",
              "\\b" + VERBS + "-" + NOUNS + "\\b",
              "\\b(get|set)-date\\b",
              "\\bformat-(list|table|wide|custom|hex|volume)\\b",
              "\\b" + VERBS + "-[a-z]{3,20}\\s+-[a-z]{2,20}\\s",
              "\\b(iex|iwr|irm)\\s*[(\"'$]",
              "\\b(iex|iwr|irm|icm)\\s+(-\\w|https?:|\\$|\\()",
              "\\bdownload(string|file|data)\\s*\\(",
              "\\bnew-object\\s+(-\\w|['\"]?(system|net|io|microsoft|com|object|byte|string|psobject|diagnostics)\\b)",
              "\\[(system|reflection|convert|text|io|net|diagnostics|runtime|activator|ref|char|scriptblock|appdomain|environment)[\\w.]*\\]\\s*::",
              "\\bfrombase64string\\b",
              INSIDE + ALIASES
                  + "(\\s+[-$'\"\\\\/~.0-9\\w]+\\s*($|[;&|])|\\s+-\\w|\\s+https?:|\\s+[$\"'\\\\./~])",
              "-(encodedcommand|executionpolicy|noprofile|noninteractive|windowstyle)\\b",
              "\\s-(enc|ec|nop|nonI|exec)\\s+(bypass|hidden|[a-z0-9+/=]{16,}|-)",
              "\\$(env:\\w+|psversiontable|executioncontext|pshome|psscriptroot|profile|pid\\b|host\\.)",
              "\\$psitem|%\\s*\\{\\s*\\$_",
              "\\bstart-(process|job|sleep|service)\\b")
          .only(Views.PLAIN | ALL),
      Rule.of(
              "QS-WIN-04",
              COMMAND_INJECTION,
              "a name of a program",
              "\\b" + PROGRAMS + "\\s+[/-]\\w",
              "[a-z]\\^[a-z]")
          .paranoia(2)
          .notInProse());

  private WindowsRules() {}
}
