package io.qilin.security.screening;

import static io.qilin.security.screening.AttackCategory.DOCUMENT_BOMB;
import static io.qilin.security.screening.AttackCategory.LOG_INJECTION;
import static io.qilin.security.screening.AttackCategory.PROTOCOL;

import java.util.List;

/** Text that becomes a second request, a header, a query of a directory, or a line of a log. */
final class ProtocolRules {
  static final List<Rule> RULES = List.of(
      Rule.of(
          "QS-HTTP-01",
          PROTOCOL,
          "a request inside a request",
          "\\b(get|post|head|options|connect|put|delete|trace|track|patch|propfind|propatch|mkcol|copy|move|lock|unlock|search|purge)\\s+(/|https?:|\\*|[\\w%.-]+/?)[^\\s]*\\s+http/[0-9]",
          "[\\r\\n]\\s*(get|post|head|options|connect|put|delete|trace|patch)\\s+[/\\w]\\S*\\s*([\\r\\n]|$|http)",
          "\\btransfer-encoding\\s*:\\s*(chunked|\\w)"),
      Rule.of(
          "QS-HTTP-02",
          PROTOCOL,
          "a header behind a line end",
          "[\\r\\n]\\W*(content-(type|length|disposition|encoding|language|location|range|md5|transfer-encoding|security-policy)|set-cookie2?|refresh|x-[\\w-]+|access-control-[\\w-]+"
              + "|proxy(-\\w+)*|(strict-)?transport-(encoding|security)|transfer-encoding|www-authenticate|cache-control|pragma|if-[\\w-]+|accept(-\\w+)*|user-agent|authorization|bcc|mime-version|etag"
              + "|last-modified|keep-alive|forwarded|remote-(addr|ip)|(true-)?client-ip|clear-site-data|sec-[\\w-]+|upgrade|via|te|trailer|vary|connection|originating-ip|return-path|received|message-id)\\s*:",
          "[\\r\\n]\\W*(cookie)\\s*:\\s*[\\w-]+=",
          "[\\r\\n]\\W*(host|origin|referer)\\s*:\\s*(https?:|[\\w-]+\\.[\\w.-]+|localhost|[\\w.-]+:[0-9]+)",
          "[\\r\\n]\\W*location\\s*:\\s*(https?:|//|/|\\w+:|[\\w-]+\\.[\\w.-]+)",
          "[\\r\\n]\\W*link\\s*:\\s*<",
          "[\\r\\n]\\W*status\\s*:\\s*[1-5][0-9]{2}\\b",
          "[\\r\\n]\\W*(expires|age|server|allow)\\s*:\\s*([a-z]{3},|-?[0-9]+\\s*([\\r\\n]|$)|nginx|apache|iis)",
          // An address, a line end, and what a mail has in its head.
          "^[\"'<]*[\\w.+-]+@[\\w.-]+[\"'>]*\\s*[\\r\\n]\\W*(cc|to|from|subject|reply-to|sender|date)\\s*:",
          "[\\r\\n]\\W*(cc|to|from|reply-to|sender)\\s*:\\s*[^\\s@]+@[^\\s@]+\\s*$",
          "[\\r\\n]+\\s*http/[0-9]",
          "\\bset-cookie\\s*:\\s*\\w+=",
          "%0[ad]\\W*[a-z-]{2,20}:",
          "\\r%?0?\\w?[\\w-]{2,20}[\\r\\s]*:"),
      Rule.of(
              "QS-HTTP-03",
              PROTOCOL,
              "the beginning of an answer",
              "[\\r\\n]\\s*http/[0-9](\\.[0-9])?\\s+[1-5][0-9]{2}\\b",
              "[\\w/*?=]\\s+http/[0-9](\\.[0-9])?\\s*([\\r\\n]|$)",
              "\\r\\n\\s*\\r\\n\\s*<[a-z!/]",
              "[\\r\\n]\\s*<(html|meta)\\b",
              "<(html|meta)\\b")
          .notInProse(),
      Rule.of(
          "QS-HTTP-04",
          PROTOCOL,
          "a filter of a directory (LDAP)",
          "^[^:()&|!<>~]*\\)\\s*\\(\\s*[&|!]",
          "^[^:()&|!<>~]*\\)\\s*\\(\\s*[^,()=&|!<>~]{1,64}[<>~]?=",
          "^[^:()&|!<>~]*\\)\\s*[&|!]\\s*\\([^()=&|!<>~]+[<>~]?=",
          "\\*\\)\\s*\\([\\s(]*[\\w&|!]",
          "^[^:()&|!<>~]*\\)\\s*\\)\\s*\\(\\s*[&|!]",
          "\\)\\s*\\(\\s*\\|\\s*\\(",
          "\\(objectclass=\\*?",
          "^\\W*\\(\\s*[&|]\\s*\\(\\s*[\\w;.-]+\\s*[~<>:]?=[^=]",
          "^\\W*\\(\\s*!\\s*\\(\\s*[\\w;.-]+\\s*[~<>:]?=[^=]",
          "^[^(]*\\)\\s*\\)\\s*\\(\\s*[\\w;-]+\\s*[~<>]?=[^=]",
          "^\\W*\\*\\W*[()|&]\\W*[()|&]\\W*$",
          "\\*\\)\\)\\s*(%00|\\x00|$)",
          "\\)\\)\\s*\\(\\|"),
      Rule.of(
          "QS-HTTP-05",
          PROTOCOL,
          "addresses for a proxy's own use",
          "\\bunix:[^|]{0,200}\\|",
          "\\bproxy:(unix|http|fcgi)"),
      Rule.of("QS-HTTP-06", PROTOCOL, "a NUL character", "\\x00"),
      Rule.of(
          "QS-LOG-01",
          LOG_INJECTION,
          "a line of a log behind a line end",
          "[\\r\\n\\x0b\\x0c]\\s*(\\[(info|warn|warning|error|debug|trace|fatal|severe|audit|critical|notice)\\]|(info|warn|warning|error|debug|trace|fatal|severe|audit|critical|notice)\\s*[:\\-\\[|]|[0-9]{4}-[0-9]{2}-[0-9]{2}[t ][0-9]{2}:|\\[[0-9]{4}-|[0-9]{1,3}\\.[0-9]{1,3}\\.[0-9]{1,3}\\.[0-9]{1,3} - |level=|time=|ts=|\\{\"(level|time|ts|timestamp|@timestamp|message|msg)\")"),
      Rule.of(
          "QS-LOG-02",
          LOG_INJECTION,
          "signs that drive a terminal",
          "\\x1b[\\[\\](#cP_]",
          "\\x08{3}"),
      Rule.of(
              "QS-DOC-01",
              DOCUMENT_BOMB,
              "entities in a document",
              "<!entity\\b",
              "<!doctype[^>]{0,200}(\\[|system\\b|public\\b)",
              "%[a-z]\\w*;\\s*%[a-z]\\w*;",
              "\\bxi:include\\b|\\bxinclude\\b")
          .notInProse(),
      Rule.of("QS-HTTP-07", PROTOCOL, "a line end", "[\\r\\n]")
          .paranoia(3)
          .score(Rule.WARNING)
          .notInProse(),
      Rule.of(
              "QS-HTTP-08",
              PROTOCOL,
              "control characters",
              "[\\x01-\\x08\\x0b\\x0c\\x0e-\\x1f\\x7f]")
          .paranoia(2)
          .score(Rule.WARNING));

  private ProtocolRules() {}
}
