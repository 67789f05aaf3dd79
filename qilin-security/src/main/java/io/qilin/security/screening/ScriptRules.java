package io.qilin.security.screening;

import static io.qilin.security.screening.AttackCategory.CROSS_SITE_SCRIPTING;

import java.util.List;

/** Markup and script for browsers. Escapes, blanks and comments inside words are taken out before some of these. */
final class ScriptRules {
  private static final int ALL = Views.COMPACT;
  private static final String CONTROLS = "[\\x00-\\x0d]";
  private static final String NOT_A_NAME = "[^\\w<>\\s]{0,8}";

  /** Tags whose letters stand apart. */
  private static final String SPACED =
      "s[^\\w<>]{1,3}c[^\\w<>]{1,3}r[^\\w<>]{1,3}i[^\\w<>]{1,3}p[^\\w<>]{1,3}t|f[^\\w<>]{1,3}o[^\\w<>]{1,3}r[^\\w<>]{1,3}m|s[^\\w<>]{1,3}t[^\\w<>]{1,3}y[^\\w<>]{1,3}l[^\\w<>]{1,3}e|s[^\\w<>]{1,3}v[^\\w<>]{1,3}g|m[^\\w<>]{1,3}a[^\\w<>]{1,3}r[^\\w<>]{1,3}q[^\\w<>]{1,3}u[^\\w<>]{1,3}e[^\\w<>]{1,3}e|l[^\\w<>]{1,3}i[^\\w<>]{1,3}n[^\\w<>]{1,3}k|o[^\\w<>]{1,3}b[^\\w<>]{1,3}j[^\\w<>]{1,3}e[^\\w<>]{1,3}c[^\\w<>]{1,3}t|e[^\\w<>]{1,3}m[^\\w<>]{1,3}b[^\\w<>]{1,3}e[^\\w<>]{1,3}d|a[^\\w<>]{1,3}p[^\\w<>]{1,3}p[^\\w<>]{1,3}l[^\\w<>]{1,3}e[^\\w<>]{1,3}t|p[^\\w<>]{1,3}a[^\\w<>]{1,3}r[^\\w<>]{1,3}a[^\\w<>]{1,3}m|i[^\\w<>]{1,3}f[^\\w<>]{1,3}r[^\\w<>]{1,3}a[^\\w<>]{1,3}m[^\\w<>]{1,3}e|f[^\\w<>]{1,3}r[^\\w<>]{1,3}a[^\\w<>]{1,3}m[^\\w<>]{1,3}e|b[^\\w<>]{1,3}a[^\\w<>]{1,3}s[^\\w<>]{1,3}e|b[^\\w<>]{1,3}o[^\\w<>]{1,3}d[^\\w<>]{1,3}y|m[^\\w<>]{1,3}e[^\\w<>]{1,3}t[^\\w<>]{1,3}a|i[^\\w<>]{1,3}m[^\\w<>]{1,3}a[^\\w<>]{1,3}g[^\\w<>]{1,3}e|v[^\\w<>]{1,3}i[^\\w<>]{1,3}d[^\\w<>]{1,3}e[^\\w<>]{1,3}o|a[^\\w<>]{1,3}u[^\\w<>]{1,3}d[^\\w<>]{1,3}i[^\\w<>]{1,3}o|d[^\\w<>]{1,3}i[^\\w<>]{1,3}a[^\\w<>]{1,3}l[^\\w<>]{1,3}o[^\\w<>]{1,3}g|d[^\\w<>]{1,3}e[^\\w<>]{1,3}t[^\\w<>]{1,3}a[^\\w<>]{1,3}i[^\\w<>]{1,3}l[^\\w<>]{1,3}s|a[^\\w<>]{1,3}n[^\\w<>]{1,3}i[^\\w<>]{1,3}m[^\\w<>]{1,3}a[^\\w<>]{1,3}t[^\\w<>]{1,3}e|b[^\\w<>]{1,3}i[^\\w<>]{1,3}n[^\\w<>]{1,3}d[^\\w<>]{1,3}i[^\\w<>]{1,3}n[^\\w<>]{1,3}g[^\\w<>]{1,3}s|i[^\\w<>]{1,3}s[^\\w<>]{1,3}i[^\\w<>]{1,3}n[^\\w<>]{1,3}d[^\\w<>]{1,3}e[^\\w<>]{1,3}x|m[^\\w<>]{1,3}a[^\\w<>]{1,3}t[^\\w<>]{1,3}h|t[^\\w<>]{1,3}e[^\\w<>]{1,3}m[^\\w<>]{1,3}p[^\\w<>]{1,3}l[^\\w<>]{1,3}a[^\\w<>]{1,3}t[^\\w<>]{1,3}e|b[^\\w<>]{1,3}u[^\\w<>]{1,3}t[^\\w<>]{1,3}t[^\\w<>]{1,3}o[^\\w<>]{1,3}n|i[^\\w<>]{1,3}n[^\\w<>]{1,3}p[^\\w<>]{1,3}u[^\\w<>]{1,3}t|t[^\\w<>]{1,3}e[^\\w<>]{1,3}x[^\\w<>]{1,3}t[^\\w<>]{1,3}a[^\\w<>]{1,3}r[^\\w<>]{1,3}e[^\\w<>]{1,3}a|s[^\\w<>]{1,3}e[^\\w<>]{1,3}l[^\\w<>]{1,3}e[^\\w<>]{1,3}c[^\\w<>]{1,3}t|h[^\\w<>]{1,3}t[^\\w<>]{1,3}m[^\\w<>]{1,3}l";

  static final List<Rule> RULES = List.of(
      Rule.of(
          "QS-XSS-01",
          CROSS_SITE_SCRIPTING,
          "tags that run, load or reshape a page",
          "<" + NOT_A_NAME + "([\\w.-]{1,20}:)?" + NOT_A_NAME
              + "(script|form|style|svg|marquee|link|object|embed|applet|param|iframe|frame"
              + "|frameset|base|body|meta|img|image|video|audio|bindings|set|isindex|animate|animatetransform|animatemotion|layer|ilayer"
              + "|bgsound|xss|html|head|math|template|vmlframe|keygen|foreignobject|noscript|portal|details|dialog|button|input|textarea"
              + "|select|source|track|picture|import|xmp|plaintext|listing|slot|canvas|maction|blink)(\\s|/|>|\\x0c|\\x00|\"|'|=|\\(|;|$)",
          "<\\s*\\?\\s*(import|xml-stylesheet)",
          "<importimplementation",
          "<[?:\\w]*vmlframe[\\s/+]*src\\s*=",
          "</\\s*(script|style|title|textarea|noscript|iframe)",
          "<[^\\w<>]{0,3}(" + SPACED + ")([^\\w]|$)",
          "<[^>]*[^\\w>]on[a-z]{4,50}\\s*=",
          "<!--",
          "<!\\[cdata\\[",
          "<!(doctype|element|attlist)\\b",
          "<script\\b|\\bscript\\s+src\\s*=",
          "<[a-z]+[\\s/][^<>]*\\bsrcdoc\\s*=",
          "<s\\s*c\\s*r\\s*i\\s*p\\s*t\\b",
          "<\\s*a[\\s/][^>]*\\bhref\\b"),
      Rule.of(
              "QS-XSS-02",
              CROSS_SITE_SCRIPTING,
              "any handler of an event, inside a tag or behind a quotation mark",
              "<[^>]*[\\s\"'`/\\x0b\\x0c]on[a-z]{3,50}[\\s\\x0b]*=",
              "[\"'`][\\s/]*on[a-z]{3,50}[\\s\\x0b]*=[^=]",
              "/on[a-z]{3,50}[\\s\\x0b]*=[^=]",
              "^[\\s\\x0b]*on[a-z]{3,50}[\\s\\x0b]*=\\s*$",
              "[\\s;,(0-9]on[a-z]{3,50}[\\s\\x0b]*=\\s*[\"'`]?\\s*[\\w.$\\[\\]]+\\s*[(`\\[\\\\]",
              "[\\s;,(0-9]on[a-z]{3,50}[\\s\\x0b]*=\\s*[\"'`]?\\s*(javascript|alert|prompt|confirm|eval|document|window|location|this|self|top)\\b")
          .only(Views.PLAIN | Views.SCRIPT)
          .notInProse(),
      Rule.of(
              "QS-XSS-03",
              CROSS_SITE_SCRIPTING,
              "real handlers of events",
              "[\\s\"'`;/0-9=\\x0b,(]on(abort|after\\w+|animation\\w+|auxclick|before\\w+|begin|blur|bounce|canplay\\w*|change|click|close"
                  + "|command|contextmenu|copy|cuechange|cut|dblclick|drag\\w*|drop|durationchange|emptied|error|finish|focus\\w*|formdata"
                  + "|fullscreenchange|gesture\\w+|hashchange|invalid|key\\w+|languagechange|load\\w*|message\\w*|mouse\\w+|page\\w+|paste|pause|play\\w*"
                  + "|pointer\\w+|popstate|progress|propertychange|ratechange|readystatechange|rejectionhandled|repeat|reset|resize|scroll\\w*"
                  + "|securitypolicyviolation|seek\\w+|select\\w*|show|slotchange|stalled|storage|submit|suspend|timeupdate|toggle|touch\\w+|transition\\w+|unload"
                  + "|unhandledrejection|visibilitychange|volumechange|waiting|webkit\\w+|wheel|zoom)[\\s\\x0b]*=\\s*([^=\\s\\w]|[\\w.$]+\\s*([^\\w\\s.]|$))")
          .only(Views.PLAIN | Views.SCRIPT),
      Rule.of(
              "QS-XSS-04",
              CROSS_SITE_SCRIPTING,
              "addresses that are script",
              "(\\b|&)javascript:[^\\s]{0,3}.*[=\\\\(\\[.<`]",
              "\\bjavascript:.*(\\bname\\b|\\\\[ux][0-9a-f])",
              "\\bvbscript:",
              torn("javascript"),
              torn("vbscript"),
              "\\blivescript:",
              "\\bmocha:",
              "\\bdata:[a-z]\\w*/[\\w.+-]+[;,]",
              "\\bdata:[,;]",
              "\\bdata:[^,/]{0,20}(/[^,/]{0,40})?;[^,]{0,40}(base64|charset=)",
              "\\bfeed:\\s*javascript",
              "<[^>]*\\s(v-(on|html|bind)|ng-\\w+|x-on|hx-\\w+|@[a-z]+)\\b[^>]*[=>]",
              "\\b(view-source|feed):\\s*(javascript|data|file|https?):",
              "=\\s*[\"'`]?\\s*j\\s*a\\s*v\\s*a\\s*s\\s*c\\s*r\\s*i\\s*p\\s*t\\s*:",
              "j(&#?\\w+;)*\\s*a\\s*v\\s*a\\s*s\\s*c\\s*r\\s*i\\s*p\\s*t\\s*:.*[=\\\\(\\[.<]",
              "\\b(src|href|xlink:href|formaction|action|background|dynsrc|lowsrc|poster|codebase|values)\\s*=\\s*[\"'`]?\\s*(javascript|vbscript|data):")
          .also(ALL),
      Rule.of(
              "QS-XSS-13",
              CROSS_SITE_SCRIPTING,
              "the scheme of a script with anything in it",
              "(^|[=:'\"`(\\s])(javascript|vbscript|livescript):[^\\s\\u]")
          .only(Views.PLAIN | Views.SCRIPT)
          .notInProse(),
      Rule.of(
              "QS-XSS-05",
              CROSS_SITE_SCRIPTING,
              "styles that load or run",
              "@\\W{0,3}import\\W{0,3}(['\"]|url|/\\*|\\\\)",
              "^\\W*@\\s*import\\s+\\S",
              "@\\s*i\\s*m\\s*p\\s*o\\s*r\\s*t\\s*['\"]",
              "-\\W*moz\\W*-\\W*binding\\s*:",
              "\\bbehaviou?r\\s*:\\s*url",
              "[:;\"'{(\\s]expression\\s*\\([^)]*(alert|document|window|eval|\\.)",
              "style\\s*=([^>]*[^\\w>])?(expression|behaviou?r|binding|javascript)\\s*[(:]",
              "\\burl\\s*\\(\\s*['\"]?\\s*(javascript|vbscript|data):",
              "<style.*(@|=|:)[^<]*(\\\\|\\(|import|&)",
              "<style[^>]*>.*(@i|([:=]|&#x?0*(58|3a|61|3d);?).*([(\\\\]|&#x?0*(40|28|92|5c);?))")
          .also(ALL),
      Rule.of(
          "QS-XSS-06",
          CROSS_SITE_SCRIPTING,
          "attributes that carry script",
          "\\b(xlink:href|formaction|xmlns|srcdoc)\\s*=",
          "!entity\\s+[%\\w\\s]*(system|public)\\b",
          "<[^>]*\\bpattern\\s*=",
          "\\bcharset\\s*=\\s*['\"]?\\s*(utf-7|x-imap4|iso-2022|utf7)",
          "\\+(adw|ad4|aci|acc|acg|ack)-",
          "\\+/v[89+/]",
          "<\\w+[^>]*\\bstyle\\s*=\\s*['\"]?[^>'\"]*(url|expression|import|binding)"),
      Rule.of(
              "QS-XSS-07",
              CROSS_SITE_SCRIPTING,
              "calls of script that attacks begin with",
              "\\b(eval|atob|btoa|settimeout|setinterval|setimmediate|execscript|msgbox|console\\.[a-z]+|requestanimationframe|importscripts"
                  + "|createcontextualfragment|queuemicrotask|structuredclone)\\s*(\\?\\.)?\\s*[({`]\\s*[\\x21-\\x7e]",
              "\\b(alert|prompt|confirm|fetch)\\s*(\\?\\.)?\\s*(`[^\\s`]+`|\\{|\\(\\s*(\\)|[0-9]+\\s*\\)|[/`\\[{!~+-]|(['\"`])?(xss|x|a|1|hi|hacked|pwn\\w*)?['\"`]?\\s*\\)"
                  + "|document|window|location|this|self|top|origin|name\\)|string\\s*\\.|atob|eval|\\\\|\\$\\{|\\w+\\s*[(\\[`]))",
              "\\bprint\\s*(\\(\\s*\\)|`)",
              "\\b(fetch|open)\\s*\\(\\s*['\"`](//|https?:|javascript|data:)",
              "[^\\s\\w,.](alert|prompt|confirm)\\s*\\(\\s*['\"`]",
              "[=,:]\\s*(alert|prompt|confirm|eval)\\s*([,;)\\]}]|$)",
              "[(,\\[]\\s*(alert|prompt|confirm|eval)\\s*[)\\]]",
              "\\bnavigator\\s*\\.\\s*(sendbeacon|serviceworker|clipboard|credentials)\\b",
              "\\bnew\\s+(xmlhttprequest|image|websocket|eventsource|worker|sharedworker)\\s*\\(\\s*(\\)|['\"`]|\\w+\\s*\\))",
              "\\bimport\\s*[`'\"][\\w./:]",
              "\\bhistory\\s*\\.\\s*(push|replace)state\\s*\\(",
              "\\b(angular|vue|jquery)\\s*\\.\\s*(element|callbacks|compile|extend|globaleval|parsehtml|ajax|get|post)\\s*\\(",
              "\\b(atob|btoa|eval|alert|prompt|confirm|settimeout|setinterval|fetch)\\s*\\.\\s*(call|apply|bind)\\b",
              "\\.\\s*constructor\\s*(\\(|\\.|\\[|`)",
              "\\bnew\\s+function\\s*[({`]",
              "\\bfunction\\s*\\(\\s*['\"`]",
              "\\bimport\\s*\\(\\s*['\"`]",
              "\\bimport\\s*\\{[^}]*\\}\\s*from\\b",
              "\\bimport\\s+[\\w*]+\\s+(as\\s+\\w+\\s+)?from\\s+['\"]",
              "\\bstring\\s*\\.\\s*(fromcharcode|fromcodepoint|raw)\\s*[(`]",
              "\\bgetparentnode\\b|\\bjquery\\s*\\.\\s*(globaleval|getscript)|\\$\\.(getscript|globaleval|ajax|get|post)\\s*\\(",
              "\\b(constructor|valueof|tostring)\\s*[.\\[]\\s*['\"`]?constructor",
              "\\[\\s*['\"`](constructor|eval|alert|cookie|write|innerhtml|outerhtml|location|domain|fromcharcode|globaleval|settimeout|atob)['\"`]\\s*\\]",
              "(\\]|\\breflect)[^.]{0,40}\\.\\s*(map|sort|apply|reduce|filter|find|foreach|some|every|flatmap|concat|from|of|constructor|pop)\\s*\\.\\s*(call|apply|bind)\\s*[`(\\[]",
              "\\b(alert|prompt|confirm|eval)\\s*\\(\\s*\\)",
              "\\bthrow\\s*[^;]{0,20}onerror",
              "\\bonerror\\s*=\\s*(alert|eval|prompt|confirm)\\b")
          .also(ALL),
      Rule.of(
              "QS-XSS-08",
              CROSS_SITE_SCRIPTING,
              "objects of a browser's page",
              "(^|[^\\w/])document\\s*\\)?\\s*(\\?\\.|\\.|\\[\\s*['\"`])\\s*(cookie|write|writeln|domain|location|body|queryselector\\w*|createelement|getelement\\w+|forms|images"
                  + "|referrer|documentelement|defaultview|url|open|execcommand|scripts|head|implementation|all|currentscript|vulnerable|title)",
              "\\bwindow\\s*\\)?\\s*(\\?\\.|\\.|\\[\\s*['\"`])\\s*(location|name|open|eval|alert|document|parent|top|self|frames|opener|onerror|localstorage|execscript|atob|\\$)",
              "\\b(self|document|this|top|window|parent|frames|globalthis|opener)\\s*\\)?\\s*\\[\\s*(/\\*[^*]*\\*/)?\\s*(['\"`/]|\\()",
              "\\b(self|top|parent|globalthis|frames)\\s*\\.\\s*(alert|eval|location|document|name)\\b",
              "\\blocation\\s*(\\.\\s*(href|hash|replace|assign|search)\\s*)?(=|\\()\\s*['\"`a-z]*(javascript|http|name|//|\\()",
              "\\.\\s*(innerhtml|outerhtml|parentnode|insertadjacenthtml|appendchild|srcdoc)\\b",
              "\\b(localstorage|sessionstorage|xmlhttprequest|activexobject|postmessage|indexeddb)\\s*[.(\\[]",
              "\\bwindow\\s*\\.\\s*on[a-z]{3,30}\\s*=",
              "\\blocation\\s*\\.\\s*(hash|search|href|replace|assign|reload)\\b\\s*[.(=]")
          .also(ALL),
      Rule.of(
              "QS-XSS-09",
              CROSS_SITE_SCRIPTING,
              "script written without letters",
              "[!+]\\s*\\[\\s*\\]\\s*[+\\[)\\]]",
              "!\\s*!?\\s*\\[\\s*\\]",
              "\\(\\s*!\\s*\\[\\s*\\]",
              "\\[\\s*\\]\\s*\\[\\s*\\(",
              "\\$\\s*=\\s*~\\s*\\[\\s*\\]",
              "\\(\\+\\{\\}\\+",
              "\\+\\{\\}\\[",
              "\\[\\]\\[\\[",
              "~\\[\\]")
          .also(ALL),
      Rule.of(
              "QS-XSS-10",
              CROSS_SITE_SCRIPTING,
              "escapes that spell script",
              "(\\\\u00[0-9a-f]{2}|\\\\x[0-9a-f]{2}){4}",
              "\\\\u\\{[0-9a-f]+\\}",
              "(%u00[0-9a-f]{2}){3}")
          .notInProse(),
      Rule.of("QS-XSS-11", CROSS_SITE_SCRIPTING, "the beginning of any tag", "<[a-z!/?]")
          .paranoia(2)
          .notInProse(),
      Rule.of(
              "QS-XSS-12",
              CROSS_SITE_SCRIPTING,
              "templates in a page",
              "\\{\\{.*\\}\\}",
              "\\bng-\\w+\\s*=",
              "\\bv-\\w+\\s*=")
          .paranoia(2)
          .notInProse());

  /** The name of a scheme that controls tear apart, as browsers leave them out. */
  private static String torn(String name) {
    StringBuilder forms = new StringBuilder("(");
    for (int at = 1; at < name.length(); at++) {
      forms.append(at == 1 ? "" : "|").append(name, 0, at).append(CONTROLS).append('+');
      for (int rest = at; rest < name.length(); rest++) {
        forms.append(name.charAt(rest)).append(CONTROLS).append('*');
      }
    }
    return forms.append("):").toString();
  }

  private ScriptRules() {}
}
