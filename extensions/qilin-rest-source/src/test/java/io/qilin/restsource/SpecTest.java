package io.qilin.restsource;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import io.qilin.api.error.ErrorCode;
import io.qilin.api.error.QilinException;
import io.qilin.api.source.BarQuery;
import io.qilin.api.source.DataCapability;
import io.qilin.testkit.SharedFiles;
import java.nio.file.Path;
import java.util.Base64;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

class SpecTest {
  private static final String GOOD = """
      id: plain
      base: https://api.example.com
      headers: {Authorization: "Bearer ${secret}"}
      endpoints:
        - name: bars
          kind: daily-bars
          path: /bars
          symbols-per-request: 20
          params: {codes: "${symbols}", from: "${from}"}
          columns:
            symbol: {symbol: code}
            date: {date: day}
            volume: {number: vol, unit: lots}
      """;

  private static QilinException refused(String text) {
    return catchThrowableOfType(QilinException.class, () -> RestSpec.parse(text, "spec.yaml"));
  }

  @Test
  void whenASpecIsGood_thenItTellsWhatItServes() {
    RestSpec spec = RestSpec.parse(GOOD, "spec.yaml");
    assertThat(spec.capabilities()).containsExactly(DataCapability.DAILY_BARS);
    assertThat(spec).hasToString("plain at https://api.example.com");
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      value = {
        "unit: lots | unit: lot | spec.yaml.endpoints[1].columns.volume.unit: there is no 'lot'; did you mean 'lots'?",
        "${from} | ${form} | there is no placeholder 'form'; did you mean 'from'?",
        "daily-bars | daily-bar | did you mean 'daily-bars'?",
        "daily-bars | securities | STATUS_NOTICES",
        "daily-bars | news | say when its rows became public",
        "path: | paht: | spec.yaml.endpoints[1]: there is no 'paht'; did you mean 'path'?",
        "base: | bass: | there is no 'bass'; did you mean 'base'?",
        "https://api.example.com | ftp://api.example.com | an address is http:// or https://",
        "https://api.example.com | https://me:pw@api.example.com | an address is http:// or https://",
        "${symbols} | ${symbol} | set symbols-per-request to 1",
        "symbols-per-request: 20 | span: all | set symbols-per-request",
        "${from} | ${limit} | set paging",
        "https://api.example.com | https://api.example.com:65536 | an address is http:// or https://",
        "/bars | /a b | the path has a character that no path can have",
        "/bars | /${secret} | the secret goes into a header",
        "date: {date: day} | date: {date: day, pattern: QQQQQQ} | this is no pattern of days",
        "id: plain | id: Plain | an id is 1 to 32",
        "volume: | vol-ume: | a field is 1 to 64 letters",
        "number: vol | text: vol | is a NUMBER",
        "endpoints: | 'rate: {requests: 9, per: PT2562047788015215H}\nendpoints:' | a rate is at least",
        "endpoints: | 'rate: {requests: 2000000000, per: PT1S}\nendpoints:' | a rate is at least",
        "endpoints: | 'failure: {code: /c, message: /m, rules: [{as: rate-limited, pause: PT2562047788015215H}]}\nendpoints:' | a pause is 0 to 1 day"
      })
  void whenASpecIsWrong_thenTheMessageSaysWhereAndHowToMendIt(
      String from, String to, String expected) {
    assertThat(GOOD).contains(from);
    QilinException thrown = refused(GOOD.replace(from, to));
    assertThat(thrown.code()).isEqualTo(ErrorCode.INVALID_CONFIGURATION);
    assertThat(thrown).hasMessageContaining(expected).hasMessageContaining("spec.yaml");
    assertThat(thrown).hasMessageNotContaining("pw@");
  }

  @Test
  void whenASpecIsHostile_thenItIsRefusedBeforeItCosts() {
    for (String text : List.of(
        "[".repeat(100_000),
        "- ".repeat(50_000),
        "a: &x [1]\nb: *x",
        "a: 1\na: 2",
        "!!javax.script.ScriptEngineManager []",
        "{",
        "",
        "7",
        "a".repeat(1 << 19))) {
      QilinException thrown = refused(text);
      assertThat(thrown.code()).isIn(ErrorCode.INVALID_CONFIGURATION, ErrorCode.LIMIT_EXCEEDED);
    }
  }

  @Test
  void whenASpecIsOfTheCorpus_thenItIsRefusedWithATypedError() throws Exception {
    Path cases = SharedFiles.corpus("yaml-hostile").resolve("cases.jsonl");
    for (String line : SharedFiles.lines(cases)) {
      JsonNode one = JsonMapper.shared().readTree(line);
      String text = one.has("b64")
          ? new String(
              Base64.getDecoder().decode(one.get("b64").asString()),
              java.nio.charset.StandardCharsets.UTF_8)
          : one.has("s") ? one.get("s").asString() : line;
      assertThatThrownBy(() -> RestSpec.parse(text, "spec.yaml"))
          .as(one.path("id").asString())
          .isInstanceOf(QilinException.class);
    }
  }

  @Test
  void whenPresetsAreRead_thenTheyServeWhatTheirProvidersSay() {
    assertThat(RestPresets.tushare().capabilities())
        .isEqualTo(new TushareProvider().capabilities());
    assertThat(RestPresets.aktools().capabilities()).containsExactly(DataCapability.DAILY_BARS);
  }

  @ParameterizedTest
  @CsvSource({
    "now, yesterday",
    "maxRows, many",
    "maxRows, 0",
    "plainHttp, yes",
    "firstDay, 20240102",
    "symbols, 600519",
    "queryTime, 5s",
    "requestTime, PT2562047788015215H",
    "baseUrl, :",
    "requestsPerMinute, 0",
    "tokenFile, /no/such"
  })
  void whenASettingIsWrong_thenItIsNamedAndTheTokenIsNotShown(String name, String value) {
    Map<String, String> settings = new HashMap<>(Map.of("preset", "tushare"));
    if (!name.equals("tokenFile")) {
      settings.put("token", "hidden-token");
    }
    settings.put(name, value);
    QilinException thrown =
        catchThrowableOfType(QilinException.class, () -> new RestProvider().open(settings));
    assertThat(thrown.code()).isIn(ErrorCode.INVALID_CONFIGURATION, ErrorCode.DATA_NOT_FOUND);
    assertThat(thrown).hasMessageNotContaining("hidden-token");
  }

  /** Whatever a value is, it stays one value: of the query, the path and the body. */
  @Property(tries = 100)
  void whenAValueIsAnyText_thenItLeavesItsPlaceNowhere(@ForAll String value) {
    String sound = value
        .codePoints()
        .filter(c -> c < 0xD800 || c > 0xDFFF)
        .collect(StringBuilder::new, StringBuilder::appendCodePoint, StringBuilder::append)
        .toString();
    String body = BodyTree.write(
        Map.of("a", "${x}", "b", List.of("<${x}>", 1, true), "p", "${params}"),
        Map.of("q", sound),
        Map.of("x", sound));
    JsonNode read = JsonMapper.shared().readTree(body);
    assertThat(read.get("a").asString()).isEqualTo(sound);
    assertThat(read.get("b").get(0).asString()).isEqualTo("<" + sound + ">");
    assertThat(read.get("p").get("q").asString()).isEqualTo(sound);
    assertThat(Template.fill("${x}/${y}", Map.of("x", "${y}", "y", sound), text -> text))
        .contains("${y}/" + sound);
  }

  @Test
  void whenAValueHoldsWhatEndsItsPlace_thenTheAddressStays() {
    try (RestDouble service = new RestDouble(asked -> RestDouble.Answer.of("[]"))) {
      RestFetch fetch = RestFetch.builder("bars")
          .path("/a/${x}/b")
          .constant("x", "../c?d=e&f#g 中\r\n")
          .param("q", "${x}")
          .build();
      try (RestSource source =
          Services.open(Services.spec(service, fetch).build(), new FakeTime())) {
        assertThat(Services.failure(source).code()).isEqualTo(ErrorCode.DATA_NOT_FOUND);
      }
      assertThat(service.asked().get(0).path())
          .isEqualTo("/a/..%2Fc%3Fd%3De%26f%23g%20%E4%B8%AD%0D%0A/b");
      assertThat(service.asked().get(0).query())
          .isEqualTo("q=..%2Fc%3Fd%3De%26f%23g%20%E4%B8%AD%0D%0A");
    }
  }

  @Test
  void whenAPostHasNoBodyTemplate_thenItIsAForm() {
    try (RestDouble service = new RestDouble(asked -> RestDouble.Answer.of("[]"))) {
      RestFetch fetch = RestFetch.builder("bars")
          .method("POST")
          .param("q", "a b")
          .param("r", "${from}")
          .build();
      try (RestSource source =
          Services.open(Services.spec(service, fetch).build(), new FakeTime())) {
        Services.failure(source);
      }
      assertThat(service.asked().get(0).body()).isEqualTo("q=a%20b");
      assertThat(service.asked().get(0).query()).isEqualTo("null");
    }
  }

  @Test
  void whenAnEndpointIsNotInTheSpec_thenItIsUnsupported() {
    try (RestDouble service = new RestDouble(asked -> RestDouble.Answer.of("[]"))) {
      try (RestSource source = Services.plain(service, spec -> spec)) {
        assertThat(
                catchThrowableOfType(QilinException.class, source::securities).code())
            .isEqualTo(ErrorCode.UNSUPPORTED);
        assertThat(Services.failure(source).code()).isEqualTo(ErrorCode.DATA_NOT_FOUND);
        assertThat(BarQuery.ALL.symbols()).isEmpty();
      }
    }
  }
}
