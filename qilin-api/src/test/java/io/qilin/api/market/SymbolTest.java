package io.qilin.api.market;

import static io.qilin.api.Refusals.assertInvalid;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatNullPointerException;

import java.util.Locale;
import java.util.stream.Stream;
import net.jqwik.api.Arbitraries;
import net.jqwik.api.Arbitrary;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.Provide;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class SymbolTest {
  @ParameterizedTest
  @CsvSource({
    "600519.SH,600519,SSE",
    "SH600519,600519,SSE",
    "600519.SS,600519,SSE",
    "sh600519,600519,SSE",
    "600519.ss,600519,SSE",
    "SS600519,600519,SSE",
    "Sz000001,000001,SZSE",
    "300750.sz,300750,SZSE",
    "000001.SH,000001,SSE",
    "SH000300,000300,SSE",
    "399001.SZ,399001,SZSE",
    "830799.BJ,830799,BSE",
    "bj920002,920002,BSE",
    "430047.BJ,430047,BSE",
    "688981.SH,688981,SSE",
    "900901.SH,900901,SSE",
    "200011.SZ,200011,SZSE",
    "510300.SH,510300,SSE",
    "159915.SZ,159915,SZSE",
    "113001.SH,113001,SSE",
    "899050.BJ,899050,BSE"
  })
  void whenItIsAForm_thenItIsRead(String text, String code, Exchange exchange) {
    Symbol expected = new Symbol(code, exchange);
    assertThat(Symbol.parse(text)).isEqualTo(expected);
    assertThat(Symbol.parseAny(text)).isEqualTo(expected);
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "",
        ".",
        "600519",
        "600519.",
        ".SH",
        "SH",
        "600519.XX",
        "600519.HK",
        "60051.SH",
        "6005190.SH",
        "600519.SHX",
        "600519SH",
        "SH.600519",
        "600519..SH",
        " 600519.SH",
        "600519.SH ",
        "600519.SH\n",
        "６００５１９.SH",
        "٦٠٠٥١٩.SH",
        "600519.ＳＨ",
        "600519.ſh",
        "AAPL",
        "-00519.SH",
        "9999999999999999999999999999.SH"
      })
  void whenItIsNoAShare_thenParseRefusesIt(String text) {
    assertInvalid(() -> Symbol.parse(text));
  }

  @ParameterizedTest
  @CsvSource({
    "600519.SZ,600519.SH",
    "000002.BJ,000002.SH or 000002.SZ",
    "830799.SH,830799.BJ",
    "SZ688981,688981.SH",
    "920002.SH,920002.BJ",
    "300750.SH,300750.SZ",
    "700000.SH,a code that begins"
  })
  void whenTheExchangeIsWrong_thenTheRightOneIsNamed(String text, String hint) {
    assertInvalid(() -> Symbol.parse(text)).hasMessageContaining("did you mean " + hint);
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "MSFT", "^GSPC", "BRK.B", "E01", "_a", "600519", "x-y", "a.SH", "1", "BF-B", "0700.HK"
      })
  void whenItIsAnyName_thenParseAnyTakesItAsOther(String name) {
    if (name.startsWith("^")) {
      assertInvalid(() -> Symbol.parseAny(name));
      return;
    }
    Symbol symbol = Symbol.parseAny(name);
    assertThat(symbol).isEqualTo(new Symbol(name, Exchange.OTHER));
    assertThat(symbol.qlib()).isEqualTo(name);
    assertThat(Symbol.parse(symbol.toString())).isEqualTo(symbol);
    assertThat(Symbol.parseAny(symbol.toString())).isEqualTo(symbol);
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "",
        "-a",
        ".a",
        "a.",
        "a b",
        "a/b",
        "../x",
        "a\\b",
        "a:b",
        "a\u0000b",
        "茅台",
        "a,b",
        "=1+1"
      })
  void whenANameCannotStandInAPath_thenItIsRefused(String name) {
    assertInvalid(() -> Symbol.other(name)).hasMessageContaining("1 to 32");
  }

  @Test
  void whenANameIsLong_thenThirtyTwoIsTheLimit() {
    Symbol longest = Symbol.other("x".repeat(32));
    assertThat(Symbol.parse(longest.toString())).isEqualTo(longest);
    assertInvalid(() -> Symbol.other("x".repeat(33)));
    assertInvalid(() -> Symbol.parse("x".repeat(1_000_000) + ".OTHER"));
    assertInvalid(() -> Symbol.parseAny("x".repeat(1_000_000)));
  }

  @Test
  void whenWritten_thenBothFormsAreExact() {
    Symbol symbol = Symbol.parse("sz000001");
    assertThat(symbol).hasToString("000001.SZ");
    assertThat(symbol.qlib()).isEqualTo("SZ000001");
  }

  @Test
  void whenSorted_thenCodeThenExchangeDecide() {
    assertThat(Stream.of("000001.SZ", "MSFT.OTHER", "600000.SH", "000001.SH", "000002.SZ")
            .map(Symbol::parse)
            .sorted()
            .map(Symbol::toString))
        .containsExactly("000001.SH", "000001.SZ", "000002.SZ", "600000.SH", "MSFT.OTHER");
  }

  @Test
  void whenNull_thenThatIsTheError() {
    assertThatNullPointerException().isThrownBy(() -> Symbol.parse(null));
    assertThatNullPointerException().isThrownBy(() -> Symbol.parseAny(null));
    assertThatNullPointerException().isThrownBy(() -> new Symbol(null, Exchange.SSE));
    assertThatNullPointerException().isThrownBy(() -> new Symbol("600519", null));
  }

  @Test
  void whenTheLocaleIsTurkish_thenNothingChanges() {
    Locale before = Locale.getDefault();
    try {
      Locale.setDefault(Locale.forLanguageTag("tr"));
      assertThat(Symbol.parse("sh600519")).hasToString("600519.SH");
      assertThat(Field.of("IV")).hasToString("$iv");
    } finally {
      Locale.setDefault(before);
    }
  }

  @Property
  void whenItExists_thenEveryFormReadsItBack(@ForAll("symbols") Symbol symbol) {
    assertThat(Symbol.parse(symbol.toString())).isEqualTo(symbol);
    assertThat(Symbol.parseAny(symbol.toString())).isEqualTo(symbol);
    if (symbol.exchange() != Exchange.OTHER) {
      assertThat(Symbol.parse(symbol.qlib())).isEqualTo(symbol);
      assertThat(Symbol.parse(symbol.qlib().toLowerCase(Locale.ROOT))).isEqualTo(symbol);
    }
  }

  @Provide
  static Arbitrary<Symbol> symbols() {
    Arbitrary<Symbol> chinese = Arbitraries.of(
            "600519.SH",
            "000001.SH",
            "510300.SH",
            "900901.SH",
            "000001.SZ",
            "159915.SZ",
            "200011.SZ",
            "300750.SZ",
            "430047.BJ",
            "830799.BJ",
            "920002.BJ")
        .map(Symbol::parse)
        .flatMap(like -> Arbitraries.integers()
            .between(0, 9999)
            .map(n -> new Symbol(
                like.code().substring(0, 2) + String.format(Locale.ROOT, "%04d", n),
                like.exchange())));
    Arbitrary<Symbol> other = Arbitraries.strings()
        .withCharRange('a', 'z')
        .withCharRange('A', 'Z')
        .numeric()
        .withChars("_-.")
        .ofMinLength(1)
        .ofMaxLength(32)
        .filter(name -> name.matches("[A-Za-z0-9_]|[A-Za-z0-9_].*[A-Za-z0-9_-]"))
        .map(Symbol::other);
    return Arbitraries.oneOf(chinese, other);
  }
}
