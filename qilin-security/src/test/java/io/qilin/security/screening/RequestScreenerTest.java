package io.qilin.security.screening;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatCode;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.qilin.api.error.ErrorCode;
import io.qilin.api.error.QilinException;
import java.nio.charset.StandardCharsets;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class RequestScreenerTest {
  private static final RequestScreener SCREENER = RequestScreener.DEFAULT;

  private static ScreenedRequest.Builder post(String type, String body) {
    return ScreenedRequest.builder("POST", "/a")
        .header("Content-Type", type)
        .body(body.getBytes(StandardCharsets.UTF_8));
  }

  private static List<String> rules(ScreenedRequest.Builder request) {
    return SCREENER.screen(request.build()).findings().stream()
        .map(Finding::rule)
        .toList();
  }

  @Test
  void whenARequestIsOrdinary_thenItPassesWithoutAFinding() {
    Verdict verdict = SCREENER.screen(ScreenedRequest.builder(
            "GET", "/api/v1/bars?symbol=600519.SH&from=2024-01-02&adjust=none")
        .header("Host", "api.example.com")
        .header(
            "Accept", "text/html,application/xhtml+xml,application/xml;q=0.9,image/avif,*/*;q=0.8")
        .header("Accept-Language", "zh-CN,zh;q=0.9,en;q=0.8")
        .header("Accept-Encoding", "gzip, deflate, br")
        .header(
            "User-Agent",
            "Mozilla/5.0 (Windows NT 10.0; Win64; x64) AppleWebKit/537.36 (KHTML, like Gecko) Chrome/120.0.0.0 Safari/537.36")
        .header("Referer", "https://app.example.com/dashboard?action=edit&id=123")
        .header("Cookie", "sid=0123456789abcdef; theme=dark")
        .header("Content-Length", "0")
        .build());
    assertThat(verdict).isEqualTo(new Verdict(Verdict.Outcome.PASS, 0, List.of()));
    assertThatCode(verdict::requirePass).doesNotThrowAnyException();
  }

  @Test
  void whenAnAttackIsInAnyPart_thenTheFindingSaysWhere() {
    Verdict verdict = SCREENER.screen(
        ScreenedRequest.builder("POST", "/%2e%2e/%2e%2e/etc/passwd?q=%27+or+1%3D1--+")
            .header("X-Note", "<script>")
            .header("Cookie", "a=${jndi:ldap://x}")
            .header("Content-Type", "application/json")
            .body("{\"note\":{\"text\":\"; cat /etc/passwd\"}}".getBytes(StandardCharsets.UTF_8))
            .build());
    assertThat(verdict.outcome()).isEqualTo(Verdict.Outcome.REFUSE_ATTACK);
    assertThat(verdict.findings())
        .anyMatch(
            f -> f.part() == RequestPart.PATH && f.category() == AttackCategory.PATH_TRAVERSAL);
    assertThat(verdict.findings())
        .anyMatch(f ->
            f.part() == RequestPart.QUERY && f.field().equals("q") && f.rule().equals("QS-SQL-08"));
    assertThat(verdict.findings())
        .anyMatch(f -> f.part() == RequestPart.HEADER
            && f.field().equals("x-note")
            && f.rule().equals("QS-XSS-01"));
    assertThat(verdict.findings())
        .anyMatch(f -> f.part() == RequestPart.COOKIE
            && f.field().equals("a")
            && f.rule().equals("QS-JAVA-03"));
    assertThat(verdict.findings())
        .anyMatch(f -> f.part() == RequestPart.BODY
            && f.field().equals("text")
            && f.rule().equals("QS-SH-01"));
    assertThat(verdict.score())
        .isEqualTo(verdict.findings().stream()
            .collect(java.util.stream.Collectors.toMap(Finding::rule, Finding::score, (a, b) -> a))
            .values()
            .stream()
            .mapToInt(i -> i)
            .sum());
  }

  @Test
  void whenAVerdictIsPrinted_thenNothingOfTheTextIsInIt() {
    Verdict verdict = SCREENER.screenText("f", "my card 6222021234567890 <script>secret");
    Finding finding = verdict.findings().get(0);
    assertThat(finding.excerpt()).isEqualTo("y card 9999999999999999 <script>");
    assertThat(finding.offset()).isEqualTo(33);
    assertThat(verdict.toString()).doesNotContain("card", "secret", "6222");
    assertThatThrownBy(verdict::requirePass)
        .isInstanceOfSatisfying(
            QilinException.class, e -> assertThat(e.code()).isEqualTo(ErrorCode.THREAT))
        .hasMessageEndingWith("the request was refused by the screening");
  }

  @Test
  void whenALimitIsBroken_thenTheRequestIsRefusedAndNotRead() {
    var limits = new ScreeningLimits(100, 40, 30, 3, 3, 10, 50);
    RequestScreener small =
        RequestScreener.builder().limits(limits).mode(ScreeningMode.DETECT).build();
    record Case(String rule, ScreenedRequest.Builder fits, ScreenedRequest.Builder over) {}
    List<Case> cases = List.of(
        new Case(
            "LIMIT-BODY",
            ScreenedRequest.builder("POST", "/").body(new byte[100]),
            ScreenedRequest.builder("POST", "/").body(new byte[101])),
        new Case(
            "LIMIT-HEADERS",
            ScreenedRequest.builder("GET", "/").header("a", "b".repeat(39)),
            ScreenedRequest.builder("GET", "/").header("a", "b".repeat(40))),
        new Case(
            "LIMIT-TARGET",
            ScreenedRequest.builder("GET", "/" + "b".repeat(29)),
            ScreenedRequest.builder("GET", "/" + "b".repeat(30))),
        new Case(
            "LIMIT-PARAMETERS",
            ScreenedRequest.builder("GET", "/?a=1&b=2&&c=3"),
            ScreenedRequest.builder("GET", "/?a=1&b=2&c=3&d=4")),
        new Case("LIMIT-DEPTH", post("text/json", "[[[1]]]"), post("text/json", "[[[[1]]]]")),
        new Case(
            "LIMIT-DEPTH",
            post("text/xml", "<a><b/><b><c/></b></a>"),
            post("text/xml", "<a><b><c><d/></c></b></a>")),
        new Case(
            "LIMIT-VALUES",
            post("text/json", "[1" + ",1".repeat(10) + "]"),
            post("text/json", "[1" + ",1".repeat(11) + "]")),
        new Case(
            "LIMIT-MEMBERS",
            post("text/json", "{" + "\"\":".repeat(30) + "1}"),
            post("text/json", "{" + "\"\":".repeat(31) + "1}")));
    for (Case each : cases) {
      assertThat(small.screen(each.fits().build()).outcome())
          .as("fits " + each.rule())
          .isEqualTo(Verdict.Outcome.PASS);
      Verdict verdict = small.screen(each.over().build());
      assertThat(verdict.outcome()).as(each.rule()).isEqualTo(Verdict.Outcome.REFUSE_LIMIT);
      assertThat(verdict.findings()).extracting(Finding::rule).contains(each.rule());
      assertThatThrownBy(verdict::requirePass)
          .isInstanceOfSatisfying(
              QilinException.class, e -> assertThat(e.code()).isEqualTo(ErrorCode.INPUT_REJECTED));
    }
    assertThat(small.screenText("f", "a".repeat(50)).refused()).isFalse();
    assertThat(small.screenText("f", "a".repeat(51)).outcome())
        .isEqualTo(Verdict.Outcome.REFUSE_LIMIT);
  }

  private static ScreeningLimits limits(int... of) {
    return new ScreeningLimits(of[0], of[1], of[2], of[3], of[4], of[5], of[6]);
  }

  @Test
  void whenLimitsAreOfNoUse_thenTheyAreRefused() {
    assertThatThrownBy(() -> ScreeningLimits.DEFAULT.withBodyBytes(0))
        .isInstanceOf(QilinException.class);
    assertThatThrownBy(() -> ScreeningLimits.DEFAULT.withParameters(0))
        .isInstanceOf(QilinException.class);
    assertThatThrownBy(() -> ScreeningLimits.DEFAULT.withHeaderBytes(0))
        .isInstanceOf(QilinException.class);
    assertThatThrownBy(() -> ScreeningLimits.DEFAULT.withDepth(0))
        .isInstanceOf(QilinException.class);
    assertThatThrownBy(() -> ScreeningLimits.DEFAULT.withDepth(1001))
        .isInstanceOf(QilinException.class);
    assertThat(ScreeningLimits.DEFAULT.withDepth(1000).depth()).isEqualTo(1000);
    int[] ones = {1, 1, 1, 1, 1, 1, 1};
    assertThat(limits(ones))
        .isEqualTo(limits(2, 2, 1, 2, 2, 1, 1)
            .withBodyBytes(1)
            .withParameters(1)
            .withDepth(1)
            .withHeaderBytes(1));
    for (int i = 0; i < ones.length; i++) {
      int[] wrong = ones.clone();
      wrong[i] = 0;
      assertThatThrownBy(() -> limits(wrong))
          .isInstanceOfSatisfying(
              QilinException.class,
              e -> assertThat(e.code()).isEqualTo(ErrorCode.INVALID_ARGUMENT));
    }
    assertThat(ScreeningLimits.DEFAULT)
        .isEqualTo(new ScreeningLimits(1 << 20, 8192, 8192, 100, 32, 100_000, 1 << 20));
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '~',
      quoteCharacter = '`',
      value = {
        "Content-Length ~ 5x ~ QS-HTTP-13",
        "Content-Length ~ `` ~ QS-HTTP-13",
        "Transfer-Encoding ~ xchunked ~ QS-HTTP-13",
        "Content-Type ~ text/plain; boundary=\"application/json\" ~ QS-HTTP-14",
        "Content-Type ~ text/plain; charset=utf-7 ~ QS-HTTP-14",
        "Content-Type ~ text/plain; charset=utf-8; charset=x ~ QS-HTTP-14",
        "Cookie ~ $Version=1; a=b ~ QS-HTTP-15",
        "X a ~ b ~ QS-HTTP-11",
        "`` ~ b ~ QS-HTTP-11",
        "X-Filename ~ a. php ~ QS-PATH-09"
      })
  void whenAHeaderCanBeReadInTwoWays_thenItIsAFinding(String name, String value, String rule) {
    assertThat(rules(ScreenedRequest.builder("GET", "/").header(name, value))).contains(rule);
  }

  @Test
  void whenAnEnvelopeIsForged_thenItIsAFinding() {
    assertThat(rules(ScreenedRequest.builder("GET x", "/"))).contains("QS-HTTP-10");
    assertThat(rules(ScreenedRequest.builder("A".repeat(21), "/"))).contains("QS-HTTP-10");
    assertThat(rules(ScreenedRequest.builder("A".repeat(20), "/"))).isEmpty();
    assertThat(rules(ScreenedRequest.builder("GET", "/a b"))).contains("QS-HTTP-16");
    assertThat(rules(ScreenedRequest.builder("GET", "/a%0ab"))).contains("QS-HTTP-18");
    assertThat(rules(ScreenedRequest.builder("GET", "/").header("A", "b\r\nC: d")))
        .contains("QS-HTTP-12");
    assertThat(rules(ScreenedRequest.builder("GET", "/").header("A", "b\tc"))).isEmpty();
    assertThat(rules(ScreenedRequest.builder("POST", "/")
            .header("Content-Length", "5")
            .header("content-length", "6")))
        .contains("QS-HTTP-13");
    assertThat(rules(ScreenedRequest.builder("POST", "/")
            .header("Content-Length", "5")
            .header("Transfer-Encoding", "chunked")))
        .contains("QS-HTTP-13");
    assertThat(rules(ScreenedRequest.builder("POST", "/")
            .header("Transfer-Encoding", "chunked")
            .header("Content-Length", "5")))
        .contains("QS-HTTP-13");
    assertThat(rules(ScreenedRequest.builder("POST", "/").header("Transfer-Encoding", "chunked")))
        .isEmpty();
    assertThat(
            rules(ScreenedRequest.builder("GET", "/").header("Host", "a.b").header("host", "c.d")))
        .contains("QS-HTTP-13");
    assertThat(rules(
            ScreenedRequest.builder("GET", "/").header("Content-Type", "text/plain; charset=gbk")))
        .isEmpty();
  }

  @Test
  void whenABodyIsOfAnyType_thenWhatIsInItIsScreened() {
    assertThat(rules(
            post("application/json", "{\"a\":[1,true,null,-2.5E3,\"\\u003cscript\\u003e\"]}")))
        .contains("QS-XSS-01");
    assertThat(rules(post("application/json", "{\"__proto__\":1}"))).contains("QS-APP-04");
    assertThat(rules(post("application/json", "{\"a\":\"b\"} <script>")))
        .contains("QS-HTTP-17", "QS-XSS-01");
    assertThat(rules(post("application/json", "{\"a\":\"b"))).contains("QS-HTTP-17");
    assertThat(rules(post("application/json", "{\"a\":nan}"))).contains("QS-HTTP-17");
    assertThat(rules(post("application/json", "]"))).contains("QS-HTTP-17");
    assertThat(rules(post("application/json", "[1"))).contains("QS-HTTP-17");
    assertThat(rules(post("application/vnd.x+json", " \r\n\t{\"a\": \"b\", \"c\": {}}")))
        .isEmpty();
    assertThat(rules(post("text/xml", "<?xml version=\"1.0\"?><a b='&lt;script&gt;'>text</a>")))
        .contains("QS-XSS-01");
    assertThat(rules(post("text/xml", "<a><![CDATA[<script>]]></a>"))).contains("QS-XSS-01");
    assertThat(rules(post("text/xml", "<a><!-- <script> --></a>"))).contains("QS-XSS-01");
    assertThat(rules(post("text/xml", "<!DOCTYPE a><a/>"))).contains("QS-DOC-02");
    assertThat(rules(post("text/xml", "<x:script>"))).contains("QS-XSS-13");
    assertThat(rules(post("text/xml", "<a onload='x'/>"))).contains("QS-XSS-13");
    assertThat(rules(post("text/xml", "<order id='5'><form>x</form><price>1.5</price></order>")))
        .isEmpty();
    assertThat(rules(post("application/x-www-form-urlencoded", "a=b&c=%3Cscript%3E")))
        .contains("QS-XSS-01");
    assertThat(rules(post("application/x-www-form-urlencoded", "%3Cscript%3E=b")))
        .contains("QS-XSS-01");
    assertThat(rules(post("text/plain", "<script>"))).contains("QS-XSS-01");
    assertThat(rules(post("", "{\"a\":\"<script>\"}"))).contains("QS-XSS-01");
    assertThat(rules(post("", "a=1+union+select+1,2"))).contains("QS-SQL-01");
  }

  @Test
  void whenAPartOfAFormIsAFile_thenItsNameIsScreenedAndItsContentIsNot() {
    String part =
        "--b\r\nContent-Disposition: form-data; name=\"f\"; filename=\"%s\"\r\n\r\n<script>\r\n--b--";
    assertThat(rules(post("multipart/form-data; boundary=b", String.format(part, "a.csv"))))
        .isEmpty();
    assertThat(rules(post("multipart/form-data; boundary=\"b\"", String.format(part, "a.php.csv"))))
        .contains("QS-PATH-09");
    assertThat(rules(post("multipart/form-data; boundary=b", String.format(part, ".htaccess"))))
        .contains("QS-PATH-09");
    assertThat(rules(post("multipart/form-data; boundary=b", String.format(part, "a.JSP;. "))))
        .contains("QS-PATH-09");
    assertThat(rules(post(
            "multipart/form-data; boundary=b",
            "--b\nContent-Disposition: form-data; name=f\n\n<script>\n--b--")))
        .contains("QS-XSS-01");
    assertThat(rules(post(
            "multipart/form-data; boundary=b",
            "--b\r\nContent-Disposition: form-data; name=\"<script>\"\r\n\r\nx")))
        .contains("QS-XSS-01");
  }

  @Test
  void whenAFieldHasAKind_thenItIsHeldToIt() {
    RequestScreener screener = RequestScreener.builder()
        .field("id", FieldKind.IDENTIFIER)
        .field("factor", FieldKind.EXPRESSION)
        .field("note", FieldKind.FREE_TEXT)
        .field("n", FieldKind.NUMBER)
        .build();
    assertThat(screener.screenText("id", "600519.SH").refused()).isFalse();
    assertThat(screener.screenText("id", "600519 SH").findings())
        .extracting(Finding::rule)
        .containsExactly("QS-KIND-01");
    assertThat(screener.screenText("factor", "$close>(open) && $a || $b").refused())
        .isFalse();
    assertThat(screener.screenText("factor", "$close; rm -rf /").refused()).isTrue();
    assertThat(screener.screenText("note", "time; 1 or 1=1 order by 3").refused())
        .isFalse();
    assertThat(screener.screenText("other", "1 or 1=1").refused()).isTrue();
    assertThat(
            screener.screen(post("application/json", "{\"n\":\"x\"}").build()).findings())
        .extracting(Finding::rule)
        .containsExactly("QS-KIND-01");
    assertThat(screener
            .screen(ScreenedRequest.builder("GET", "/?id=a%20b").build())
            .refused())
        .isTrue();
  }

  @Test
  void whenARuleIsAllowedInAField_thenItCountsElsewhereOnly() {
    RequestScreener byRule =
        RequestScreener.builder().allow("html", "QS-XSS-01").build();
    assertThat(byRule.screenText("html", "<script>").refused()).isFalse();
    assertThat(byRule.screenText("text", "<script>").refused()).isTrue();
    RequestScreener byCategory = RequestScreener.builder()
        .allow("html", AttackCategory.CROSS_SITE_SCRIPTING)
        .build();
    assertThat(byCategory.screenText("html", "<script>alert(1)</script>").refused())
        .isFalse();
    assertThat(byCategory.screenText("html", "' or 1=1 --").refused()).isTrue();
    assertThatThrownBy(() -> RequestScreener.builder().allow("html", "QS-NO-01"))
        .isInstanceOf(QilinException.class)
        .hasMessageContaining("no rule has the id 'QS-NO-01'")
        .hasMessageContaining("QS-XSS-01");
  }

  @Test
  void whenTheScreenerOnlyDetects_thenAnAttackPassesWithItsFindings() {
    Verdict verdict =
        RequestScreener.builder().mode(ScreeningMode.DETECT).build().screenText("f", "<script>");
    assertThat(verdict.refused()).isFalse();
    assertThat(verdict.score()).isEqualTo(5);
    assertThat(verdict.findings()).hasSize(1);
  }

  @Test
  void whenTheThresholdIsHigher_thenOneFindingPassesAndTwoDoNot() {
    RequestScreener screener = RequestScreener.builder().threshold(6).build();
    assertThat(screener.screenText("f", "<script>").refused()).isFalse();
    assertThat(screener.screenText("f", "<script> ; cat /etc/passwd").refused()).isTrue();
    assertThatThrownBy(() -> RequestScreener.builder().threshold(0))
        .isInstanceOf(QilinException.class);
    assertThatThrownBy(() -> RequestScreener.builder().threshold(1001))
        .isInstanceOf(QilinException.class);
  }

  @Test
  void whenParanoiaGrows_thenMoreIsRefused() {
    String harmless = "it's <b>bold</b>";
    assertThat(RequestScreener.builder()
            .paranoia(1)
            .build()
            .screenText("f", harmless)
            .score())
        .isZero();
    int before = 0;
    for (int level = 2; level <= 4; level++) {
      int score = RequestScreener.builder()
          .paranoia(level)
          .build()
          .screenText("f", harmless)
          .score();
      assertThat(score).isGreaterThan(before - 1).isPositive();
      before = score;
    }
    assertThatThrownBy(() -> RequestScreener.builder().paranoia(0))
        .isInstanceOf(QilinException.class);
    assertThatThrownBy(() -> RequestScreener.builder().paranoia(5))
        .isInstanceOf(QilinException.class);
  }

  @Test
  void whenACheckOfTheHostThrowsOrAnswersNonsense_thenTheRequestIsRefused() {
    List<ScreeningCheck> broken = List.of(
        (part, field, text) -> {
          throw new IllegalStateException("secret");
        },
        (part, field, text) -> {
          throw new StackOverflowError();
        },
        (part, field, text) -> -1,
        (part, field, text) -> 101);
    for (ScreeningCheck check : broken) {
      RequestScreener screener =
          RequestScreener.builder().mode(ScreeningMode.DETECT).check(check).build();
      for (Verdict verdict : List.of(
          screener.screenText("f", "x"),
          screener.screen(post("application/json", "{\"a\":\"bc\"}").build()))) {
        assertThat(verdict.outcome()).isEqualTo(Verdict.Outcome.REFUSE_FAILURE);
        assertThat(verdict.toString()).doesNotContain("secret");
        assertThatThrownBy(verdict::requirePass)
            .isInstanceOfSatisfying(
                QilinException.class,
                e -> assertThat(e.code()).isEqualTo(ErrorCode.SECURITY_UNAVAILABLE));
      }
    }
  }

  @Test
  void whenACheckOfTheHostFindsSomething_thenItsScoreCounts() {
    RequestScreener screener = RequestScreener.builder()
        .check((part, field, text) -> text.contains("forbidden") ? 5 : 0)
        .build();
    assertThat(screener
            .screen(post("application/json", "{\"a\":\"forbidden\"}").build())
            .refused())
        .isTrue();
    assertThat(screener
            .screen(post("application/json", "{\"a\":\"allowed\"}").build())
            .refused())
        .isFalse();
    assertThat(RequestScreener.builder()
            .check((part, field, text) -> 100)
            .build()
            .screenText("f", "x")
            .score())
        .isEqualTo(100);
  }

  @Test
  void whenARequestHasMoreFindingsThanAreKept_thenItIsRefusedAndReadNoFurther() {
    StringBuilder target = new StringBuilder("/?");
    for (int i = 0; i < 90; i++) {
      target.append('p').append(i).append("=%3Cscript%3E&");
    }
    Verdict verdict =
        SCREENER.screen(ScreenedRequest.builder("GET", target.toString()).build());
    assertThat(verdict.findings()).hasSize(Verdict.MAX_FINDINGS);
    assertThat(verdict.refused()).isTrue();
  }

  @Test
  void whenRulesAreListed_thenEachHasItsOwnIdAndAScore() {
    assertThat(RequestScreener.rules())
        .extracting(RuleInfo::id)
        .doesNotHaveDuplicates()
        .hasSizeGreaterThan(60);
    assertThat(RequestScreener.rules())
        .allMatch(rule -> rule.score() > 0
            && rule.paranoia() >= 1
            && rule.paranoia() <= 4
            && !rule.about().isBlank());
  }

  @Test
  void whenARequestIsBuilt_thenItsBodyIsItsOwnAndNothingIsPrinted() {
    byte[] body = {1, 2};
    ScreenedRequest request = ScreenedRequest.builder("GET", "/secret")
        .header("Authorization", "secret")
        .body(body)
        .build();
    body[0] = 9;
    request.body()[1] = 9;
    assertThat(request.body()).containsExactly(1, 2);
    assertThat(request.method()).isEqualTo("GET");
    assertThat(request.target()).isEqualTo("/secret");
    assertThat(request.headers()).hasSize(1);
    assertThat(request.header("AUTHORIZATION")).contains("secret");
    assertThat(request.header("x")).isEmpty();
    assertThat(request.bodyLength()).isEqualTo(2);
    assertThat(request + " " + request.headers())
        .isEqualTo("ScreenedRequest[1 headers, 2 bytes] [Authorization]");
  }

  @Test
  void whenAFindingIsNoFinding_thenItIsRefused() {
    assertThatThrownBy(
            () -> new Finding("r", AttackCategory.LIMIT, 0, RequestPart.BODY, "f", 0, ""))
        .isInstanceOf(QilinException.class);
    assertThatThrownBy(
            () -> new Finding("r", AttackCategory.LIMIT, 1, RequestPart.BODY, "f", -1, ""))
        .isInstanceOf(QilinException.class);
    assertThatThrownBy(() -> new Verdict(Verdict.Outcome.PASS, -1, List.of()))
        .isInstanceOf(QilinException.class);
  }
}
