package io.qilin.ops.config;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.qilin.api.error.ErrorCode;
import io.qilin.api.error.QilinException;
import io.qilin.api.market.Symbol;
import io.qilin.api.secret.Secret;
import java.math.BigDecimal;
import java.net.URI;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.time.LocalDate;
import java.time.LocalTime;
import java.time.ZoneId;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** Every type that is bound, and what it refuses. */
class BindingTest {
  enum Mode {
    DRY_RUN,
    LIVE
  }

  record All(
      String text,
      boolean on,
      int few,
      long many,
      double share,
      BigDecimal price,
      Duration pause,
      DataSize size,
      LocalDate day,
      LocalTime time,
      ZoneId zone,
      URI address,
      Path folder,
      Mode mode,
      Symbol symbol,
      Optional<String> maybe,
      Optional<Integer> count,
      List<Double> shares,
      Map<String, BigDecimal> prices,
      Map<String, List<Mode>> modes) {}

  record One<T>(T value) {}

  record Text(String value) {}

  record Int(int value) {}

  record Long64(long value) {}

  record Real(double value) {}

  record Decimal(BigDecimal value) {}

  record Wait(Duration value) {}

  record Flag(boolean value) {}

  record Place(Path value) {}

  record Address(URI value) {}

  record Size(DataSize value) {}

  record Kind(Mode value) {}

  record Texts(Map<String, String> value) {}

  @TempDir
  Path temp;

  private ConfigFolder folder;

  @BeforeEach
  void make() {
    folder = new ConfigFolder(temp);
  }

  private String refusal(Class<?> type, String written) {
    List<String> problems = folder.yamlProblems(type, "value: " + written + "\n");
    assertThat(problems).hasSize(1);
    return problems.get(0);
  }

  @Test
  void whenEveryTypeIsWritten_thenEachIsRead() {
    All all = folder.yaml(All.class, """
        text: yes
        on: true
        few: -5
        many: 9223372036854775807
        share: 2.5e-3
        price: 12.340
        pause: 250ms
        size: 64MiB
        day: 2026-01-05
        time: 09:30
        zone: Asia/Shanghai
        address: "https://example.com/v1"
        folder: data/bars
        mode: dry-run
        symbol: 000001.SZ
        shares: [0.5, 1]
        prices:
          000001: 10.10
          "600519.SH": 1700
        modes: {a: [LIVE, dry-run], b: []}
        """);
    assertThat(all)
        .isEqualTo(new All(
            "yes",
            true,
            -5,
            Long.MAX_VALUE,
            0.0025,
            new BigDecimal("12.340"),
            Duration.ofMillis(250),
            new DataSize(64L << 20),
            LocalDate.of(2026, 1, 5),
            LocalTime.of(9, 30),
            ZoneId.of("Asia/Shanghai"),
            URI.create("https://example.com/v1"),
            folder.at("data/bars"),
            Mode.DRY_RUN,
            Symbol.parse("000001.SZ"),
            Optional.empty(),
            Optional.empty(),
            List.of(0.5, 1.0),
            Map.of("000001", new BigDecimal("10.10"), "600519.SH", new BigDecimal("1700")),
            Map.of("a", List.of(Mode.LIVE, Mode.DRY_RUN), "b", List.of())));
  }

  @ParameterizedTest
  @ValueSource(
      strings = {"000001", "no", "0o10", "1:30", "0x1F", "1_000", ".inf", "2026-01-05", "1e999"})
  void whenATextLooksLikeSomethingElse_thenItStaysAsWritten(String written) {
    assertThat(folder.yaml(Text.class, "value: " + written + "\n").value()).isEqualTo(written);
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "000001",
        "+5",
        "1e3",
        "0x10",
        "1_000",
        "5.0",
        "2147483648",
        "'5'",
        "~",
        "[5]",
        "five",
        ""
      })
  void whenAWholeNumberIsWrittenOtherwise_thenItIsRefused(String written) {
    assertThat(refusal(Int.class, written))
        .startsWith("app.yaml:1:")
        .contains(" value: expected a whole number from -2147483648 to 2147483647, found ");
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        ".inf",
        "-.inf",
        ".nan",
        "NaN",
        "Infinity",
        "1e999",
        "1e-999",
        "01.5",
        ".5",
        "5.",
        "0.1f"
      })
  void whenANumberIsNotFiniteOrNoNumber_thenItIsRefused(String written) {
    assertThat(refusal(Real.class, written)).contains("expected a finite number, found ");
    if (!written.startsWith("1e")) {
      assertThat(refusal(Decimal.class, written)).contains("expected a decimal number");
    }
  }

  @Test
  void whenANumberIsTooLong_thenItIsRefused() {
    String digits = "9".repeat(5_000);
    assertThat(refusal(Long64.class, digits)).contains("(5000 characters)");
    assertThat(refusal(Decimal.class, digits)).contains("(5000 characters)");
    assertThat(refusal(Decimal.class, "1e1000000000")).contains("expected a decimal number");
    assertThat(folder.yaml(Real.class, "value: 0e-999\n").value()).isZero();
  }

  @ParameterizedTest
  @CsvSource({
    "250ns,PT0.00000025S",
    "7us,PT0.000007S",
    "30s,PT30S",
    "5m,PT5M",
    "2h,PT2H",
    "1d,PT24H",
    "0s,PT0S",
    "PT1H30M,PT1H30M"
  })
  void whenADurationIsWritten_thenItIsRead(String written, Duration expected) {
    assertThat(folder.yaml(Wait.class, "value: " + written + "\n").value()).isEqualTo(expected);
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "30",
        "30 s",
        "-30s",
        "1.5s",
        "05s",
        "PT-30S",
        "1w",
        "999999999999999999d",
        "30S",
        "P1Y"
      })
  void whenADurationHasNoUnitOrSign_thenItIsRefused(String written) {
    assertThat(refusal(Wait.class, written)).contains("expected a duration such as 250ms");
  }

  @Test
  void whenOtherKindsAreWrong_thenEachSaysWhatItExpects() {
    assertThat(refusal(Flag.class, "yes"))
        .isEqualTo("app.yaml:1:8 value: expected true or false, found 'yes'");
    assertThat(refusal(Size.class, "64MB")).contains("not a size such as 64MiB");
    assertThat(refusal(Kind.class, "dry_run"))
        .isEqualTo("app.yaml:1:8 value: expected one of dry-run, live, found 'dry_run': is unknown;"
            + " did you mean 'dry-run'?");
    assertThat(refusal(Kind.class, "paper"))
        .isEqualTo("app.yaml:1:8 value: expected one of dry-run, live, found 'paper'");
    assertThat(refusal(Address.class, "example.com"))
        .contains("expected an address with its scheme");
    assertThat(refusal(Text.class, "null"))
        .isEqualTo("app.yaml:1:8 value: expected text, found no value (null); leave the key out,"
            + " or write \"\" for an empty text");
    assertThat(refusal(Text.class, "{a: 1}")).contains("expected text, found a map");
    assertThat(refusal(Texts.class, "[a]")).contains("expected a map, found a list");
    assertThat(refusal(Place.class, "\"a\\0b\"")).contains("expected a path of the file system");
  }

  @Test
  void whenJsonHasANumberForAText_thenItIsRefusedAsZerosMayBeLost() {
    folder.write("app.json", "{\"value\": 1}");
    assertThat(folder.problems(
            ConfigLoader.builder(Text.class).file(folder.at("app.json")).build()))
        .containsExactly("app.json:1:11 value: expected text, found '1'; write it in quotes");
    folder.write("app.json", "{\"value\": 1.50}");
    Decimal decimal = ConfigLoader.builder(Decimal.class)
        .file(folder.at("app.json"))
        .build()
        .load()
        .value();
    assertThat(decimal.value()).isEqualTo(new BigDecimal("1.50"));
  }

  record Outer(Optional<Inner> maybe, Inner inner) {}

  record Inner(
      @ConfigDefault("7") int count,
      @ConfigDefault("[]") List<String> names,
      @ConfigDefault("{}") Map<String, Integer> by) {}

  @Test
  void whenARecordIsLeftOut_thenItsDefaultsCount() {
    ConfigLoader<Outer> loader =
        ConfigLoader.builder(Outer.class).file(folder.write("app.yaml", "{}")).build();
    Loaded<Outer> loaded = loader.load();
    Inner usual = new Inner(7, List.of(), Map.of());
    assertThat(loaded.value()).isEqualTo(new Outer(Optional.empty(), usual));
    assertThat(loaded.tree().print()).isEqualTo("""
            inner.by = '{}'  # default
            inner.count = '7'  # default
            inner.names = '[]'  # default
            """);
    folder.write("app.yaml", "maybe: {}");
    assertThat(loader.load().value()).isEqualTo(new Outer(Optional.of(usual), usual));
    assertThat(folder.yamlProblems(Outer.class, "maybe:"))
        .containsExactly("app.yaml:1:7 maybe: expected a map of settings, found no value (null)");
  }

  record Wrong1(float value) {}

  record Wrong2(Object value) {}

  record Wrong3(List<Optional<String>> value) {}

  record Wrong4(@ConfigDefault("soon") Duration value) {}

  record Wrong5(@ConfigDefault("x") Secret value) {}

  record Wrong6(List<Wrong6> value) {}

  record Wrong7(Map<Integer, String> value) {}

  record Wrong8(String aB, String a_b) {}

  record Wrong9(Instant[] value) {}

  @ParameterizedTest
  @ValueSource(
      classes = {
        Wrong1.class,
        Wrong2.class,
        Wrong3.class,
        Wrong4.class,
        Wrong5.class,
        Wrong6.class,
        Wrong7.class,
        Wrong8.class,
        Wrong9.class,
        One.class,
        String.class,
        Set.class,
        Mode.class
      })
  void whenATypeCannotBeBound_thenTheBuilderSaysSo(Class<?> type) {
    assertThatThrownBy(() -> ConfigLoader.builder(type))
        .isInstanceOfSatisfying(
            QilinException.class, e -> assertThat(e.code()).isEqualTo(ErrorCode.INVALID_ARGUMENT))
        .hasMessageContaining(type.getName() + " is not usable: ");
  }

  record Angry(String value) {
    Angry {
      if (value.equals("state")) {
        throw new IllegalStateException("two\nlines");
      }
      if (value.equals("error")) {
        throw new AssertionError("not caught");
      }
    }
  }

  @Test
  void whenARecordThrowsWhateverItLikes_thenItIsToldOnOneLine() {
    assertThat(folder.yamlProblems(Angry.class, "value: state"))
        .containsExactly("app.yaml:1:1: is refused: IllegalStateException: two\\u000Alines");
    folder.write("app.yaml", "value: error");
    ConfigLoader<Angry> loader =
        ConfigLoader.builder(Angry.class).file(folder.at("app.yaml")).build();
    assertThatThrownBy(loader::load).isInstanceOf(AssertionError.class);
  }

  @ParameterizedTest
  @CsvSource({
    "maxPositions,max-positions",
    "httpURL,http-url",
    "URLPath,url-path",
    "sha256Key,sha256-key",
    "a,a",
    "default_,default",
    "_x,-x",
    "max_size,max-size",
    "l2Rate,l2-rate",
    "aB,a-b"
  })
  void whenAComponentIsNamed_thenItsKeyHasDashes(String java, String key) {
    assertThat(ComponentName.dashed(java)).isEqualTo(key);
  }
}
