package io.qilin.security.screening;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.Base64;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.stream.Collectors;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class DecodingTest {
  @ParameterizedTest
  @CsvSource(
      delimiter = '~',
      ignoreLeadingAndTrailingWhitespace = true,
      value = {
        "a%41b ~ aAb",
        "%u0041 ~ A",
        "%U0041 ~ A",
        "%c0%ae ~ .",
        "%e0%80%ae ~ .",
        "%e8%82%a1 ~ 股",
        "%f0%9f%98%80 ~ 😀",
        "100% ~ 100%",
        "%zz ~ %zz",
        "%4 ~ %4",
        "%u004 ~ %u004",
        "%ff ~ ÿ",
        "%e8%41 ~ èA",
        "%f7%bf%bf%bf ~ ÷¿¿¿"
      })
  void whenPercentIsUndone_thenItIsAsServersReadIt(String encoded, String decoded) {
    assertThat(PercentDecoder.decode(encoded)).isEqualTo(decoded);
    assertThat(PercentDecoder.encoded(encoded)).isEqualTo(encoded.matches(".*%[0-9a-f]{2}.*"));
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '~',
      ignoreLeadingAndTrailingWhitespace = true,
      value = {
        "&lt;b&gt; ~ <b>", "&LT;b ~ <b", "&#60;b ~ <b", "&#x3c;b ~ <b", "&#X3Cz ~ <z", "&ltb ~ <b",
            "&lbrace;x ~ {x", "&lbracejndi ~ {jndi", "&colon; ~ :",
        "&nothing; ~ &nothing;", "AT&T; ~ AT&T;", "&# ~ &#", "&#x ~ &#x", "&#1114112; ~ &#1114112;",
            "&amp;lt; ~ &lt;", "a&b ~ a&b", "&num; ~ #", "&#0000000000036; ~ $"
      })
  void whenEntitiesAreUndone_thenItIsAsBrowsersReadIt(String encoded, String decoded) {
    assertThat(EntityDecoder.decode(encoded)).isEqualTo(decoded);
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '~',
      ignoreLeadingAndTrailingWhitespace = true,
      value = {
        "\\x41b ~ Ab",
        "\\u0041b ~ Ab",
        "\\uu0041b ~ Ab",
        "\\u{41}b ~ Ab",
        "\\u{110000}b ~ u{110000}b",
        "\\\\u0041 ~ A",
        "im\\port ~ import",
        "\\41 b ~ Ab",
        "a\\ ~ a",
        "\\u{} ~ u{}",
        "\\xg ~ xg",
        "\\u00 ~ u00"
      })
  void whenEscapesAreUndone_thenItIsAsScriptsReadIt(String encoded, String decoded) {
    assertThat(ScriptEscapes.decode(encoded)).isEqualTo(decoded);
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '~',
      ignoreLeadingAndTrailingWhitespace = true,
      value = {
        "a/**/b ~ a b",
        "/*!50000select*/x ~ ' select x'",
        "a/*b ~ 'a '",
        "a*/b ~ a b",
        "a/* ~ 'a '",
        "/*!50000 ~ ' '",
        "/*!123456x*/ ~ ' x '",
        "/*!1234567x*/ ~ ' 7x '",
        "a/b*c ~ a/b*c"
      })
  void whenCommentsAreRemoved_thenItIsAsDatabasesReadIt(String text, String read) {
    assertThat(SqlComments.remove(text)).isEqualTo(read);
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '~',
      quoteCharacter = '#',
      ignoreLeadingAndTrailingWhitespace = true,
      value = {
        "c'a't ~ cat",
        "c\"a\"t ~ cat",
        "c\\at ~ cat",
        "w^h^o ~ who",
        "ca$@t ~ cat",
        "ca$*t ~ cat",
        "ca$0t ~ cat",
        "ca$1t ~ cat",
        "ca$9t ~ cat",
        "ca$:t ~ ca$:t",
        "ca$/t ~ ca$/t",
        "cat${IFSaaaaaaaaaaaaaaaa}x ~ cat x",
        "cat${IFSaaaaaaaaaaaaaaaaa}x ~ cat aaaaaaaaaaaaaaaaa}x",
        "ca${@}t ~ cat",
        "cat$IFS/x ~ cat /x",
        "cat${IFS}/x ~ cat /x",
        "cat$IFS$9/x ~ cat /x",
        "cat${IFS%??}/x ~ cat /x",
        "a$ ~ a$",
        "$close ~ $close",
        "${close} ~ ${close}",
        "${IFS ~ # #"
      })
  void whenQuotingIsRemoved_thenItIsAsShellsReadIt(String text, String read) {
    assertThat(ShellQuoting.remove(text)).isEqualTo(read);
    assertThat(ShellQuoting.quoted(text)).isTrue();
  }

  @Test
  void whenALineIsContinued_thenItIsReadAsOne() {
    assertThat(ShellQuoting.remove("ca\\\nt")).isEqualTo("cat");
    assertThat(ShellQuoting.remove("ca\nt\\")).isEqualTo("ca\nt");
  }

  @Test
  void whenATextCanBeReadInSeveralWays_thenEachThatDiffersIsHandedOver() {
    assertThat(readings("price $close of a")).isEmpty();
    assertThat(readings("a.b:c[d<e")).isEmpty();
    assertThat(readings("d2hpbGUodHJ1ZSk7Cg=="))
        .containsExactly(reading(Views.PLAIN, "while(true);\n"));
    assertThat(readings("sel/**/ect")).containsExactly(reading(Views.SQL, "sel ect"));
    assertThat(readings("c'a't")).containsExactly(reading(Views.SHELL, "cat"));
    assertThat(readings("\\u0061bc"))
        .containsExactly(reading(Views.SHELL, "u0061bc"), reading(Views.SCRIPT, "abc"));
    for (String sign : List.of(":", ".", "[", "<")) {
      assertThat(readings(sign + " b\u007fc")).containsExactly(reading(Views.COMPACT, sign + "bc"));
    }
    assertThat(readings("a/**/. b"))
        .containsExactly(reading(Views.SQL, "a . b"), reading(Views.COMPACT, "a.b"));
    assertThat(readings("\\x26lt;x"))
        .containsExactly(
            reading(Views.SHELL, "x26lt;x"),
            reading(Views.SCRIPT, "<x"),
            reading(Views.COMPACT, "<x"));
  }

  private static List<Map.Entry<Integer, String>> readings(String text) {
    List<Map.Entry<Integer, String>> found = new ArrayList<>();
    Views.of(text, (view, read) -> found.add(reading(view, read)));
    return found;
  }

  private static Map.Entry<Integer, String> reading(int view, String text) {
    return Map.entry(view, text);
  }

  @Test
  void whenATextHasNoQuoting_thenItIsNotReadAgain() {
    assertThat(ShellQuoting.quoted("600519.SH at 1688.5")).isFalse();
  }

  @Test
  void whenATextIsNormalised_thenLookAlikesAreFoldedAndHiddenCharactersLeftOut() {
    assertThat(Normalizing.of("＜script＞")).isEqualTo("<script>");
    assertThat(Normalizing.of("sel\u200bect\u00ad")).isEqualTo("select");
    assertThat(Normalizing.of("%2527")).isEqualTo("'");
    assertThat(Normalizing.of("%252527")).isEqualTo("%27");
    assertThat(Normalizing.of("贵州茅台 600519")).isEqualTo("贵州茅台 600519");
    assertThat(Normalizing.of("¼script¾")).isEqualTo("<script>");
    assertThat(Normalizing.of("½ of it, ¼ of that")).startsWith("½ of it, ");
    assertThat(Normalizing.of("ﬁle")).isEqualTo("file");
  }

  @ParameterizedTest
  @ValueSource(
      strings = {"\u00ad", "\u200b", "\u200f", "\u202a", "\u202e", "\u2060", "\u2064", "\ufeff"})
  void whenACharacterHasNoWidth_thenItIsLeftOut(String hidden) {
    assertThat(Normalizing.of("sel" + hidden + "ect")).isEqualTo("select");
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '~',
      quoteCharacter = '#',
      value = {
        "\u2000 ~ # #",
        "\u200a ~ # #",
        "㏿ ~ gal",
        "ﬀ ~ ff",
        "ſ ~ s",
        "𝒔 ~ s",
        "ｓ ~ s",
        "㐀 ~ 㐀",
        "¾¼ ~ >¼"
      })
  void whenACharacterOnlyLooksLikeOthers_thenItIsReadAsThose(String like, String read) {
    assertThat(Normalizing.of("a" + like + "b")).isEqualTo("a" + read + "b");
  }

  @Test
  void whenATextIsEncodedThreeTimes_thenThatIsTold() {
    assertThat(Normalizing.tooManyRounds("%252527")).isTrue();
    assertThat(Normalizing.tooManyRounds("%2527")).isFalse();
    assertThat(Normalizing.tooManyRounds("%27")).isFalse();
    assertThat(Normalizing.tooManyRounds("100%")).isFalse();
  }

  @Test
  void whenAStepUpIsHidden_thenItsEndIsFound() {
    assertThat(HiddenSteps.find("a/%2e%2e/b")).isEqualTo(9);
    assertThat(HiddenSteps.find("..%2fb")).isEqualTo(5);
    assertThat(HiddenSteps.find("%c0%ae%c0%ae%c0%afb")).isEqualTo(18);
    assertThat(HiddenSteps.find("0x2e0x2e0x5c")).isEqualTo(12);
    assertThat(HiddenSteps.find("../b%20c")).isEqualTo(-1);
    assertThat(HiddenSteps.find("50%25 of it")).isEqualTo(-1);
  }

  @Test
  void whenATextIsBase64OfPrintableText_thenItIsRead() {
    assertThat(Base64Text.decode("d2hpbGUodHJ1ZSk7Cg==")).isEqualTo("while(true);\n");
    assertThat(Base64Text.decode("d2hpbGUo")).isEmpty();
    assertThat(Base64Text.decode("d2hpbGUodHJ1ZSk7Cg=")).isEmpty();
    assertThat(Base64Text.decode("/////////////w==")).isEmpty();
    assertThat(Base64Text.decode("abcd efgh ijkl m")).isEmpty();
    assertThat(Base64Text.decode("abcdefghijklm=nn")).isEmpty();
  }

  @Test
  void whenPrintableTextIsBase64_thenItIsReadWhateverItsLetters() {
    Random random = new Random(20261127);
    for (int i = 0; i < 500; i++) {
      String text = random
          .ints(9 + random.nextInt(20), ' ', '~' + 1)
          .filter(c -> c != '\\')
          .mapToObj(Character::toString)
          .collect(Collectors.joining("", "", "~ \t"));
      String encoded = Base64.getEncoder().encodeToString(text.getBytes(StandardCharsets.UTF_8));
      assertThat(Base64Text.decode(encoded)).isEqualTo(text);
    }
    assertThat(Base64Text.decode("bmluZSBzaWducw==")).isEqualTo("nine signs");
    assertThat(Base64Text.decode("OSBsZXR0ZXJz")).isEqualTo("9 letters");
  }

  @Test
  void whenJsonTextIsDecoded_thenAllEscapesAreUndone() {
    byte[] json = "x\\n\\r\\t\\b\\f\\\"\\\\\\/\\u80a1\\u12\\qx".getBytes(StandardCharsets.UTF_8);
    assertThat(JsonText.decode(json, 1, json.length - 1)).isEqualTo("\n\r\t\b\f\"\\/股\\u12\\q");
    assertThat(JsonText.decode("ab\\".getBytes(StandardCharsets.UTF_8), 0, 3)).isEqualTo("ab\\");
  }
}
