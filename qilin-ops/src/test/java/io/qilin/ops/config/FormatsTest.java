package io.qilin.ops.config;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** JSON and properties: what is read and what is refused, with its place. */
class FormatsTest {
  record Texts(
      Map<String, String> texts, @ConfigDefault("[]") List<Integer> numbers) {}

  @TempDir
  Path temp;

  private ConfigFolder folder;

  @BeforeEach
  void make() {
    folder = new ConfigFolder(temp);
  }

  private ConfigLoader<Texts> loader(String name, String text) {
    return ConfigLoader.builder(Texts.class).file(folder.write(name, text)).build();
  }

  @Test
  void whenTheSameIsWrittenInEachFormat_thenItHasTheSameDigest() {
    ConfigTree yaml = loader("a.yaml", "texts: {a: x, 600519.SH: 你好}\nnumbers: [1, 2]\n")
        .load()
        .tree();
    ConfigTree json = loader(
            "b.json", "{\"numbers\":[1,2],\"texts\":{\"600519.SH\":\"你好\",\"a\":\"x\"}}")
        .load()
        .tree();
    ConfigTree properties = loader("c.properties", """
            numbers[1]=2
            numbers[0] = 1
            texts.a=x
            texts["600519.SH"]=\\u4f60好
            """).load().tree();
    assertThat(yaml).isEqualTo(json).isEqualTo(properties).hasSameHashCodeAs(json);
    assertThat(yaml.digest()).isEqualTo(properties.digest()).hasSize(64);
    assertThat(yaml.diff(properties)).isEmpty();
    assertThat(yaml.at("texts[\"600519.SH\"]")).map(ConfigEntry::text).contains("你好");
    assertThat(yaml.at("texts.b")).isEmpty();
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      quoteCharacter = '`',
      value = {
        "{\"texts\":{}} x|b.json:1:14: is not strict JSON here",
        "{\"texts\":{}} {}|b.json:1:14: something follows the object",
        "{\"texts\":{\"a\":\"1\",\"a\":\"2\"}}|b.json:1:19: duplicate key 'a', which stands at b.json:1:11 already",
        "{\"texts\":{},\"numbers\":[NaN]}|b.json:1:27: is not strict JSON here",
        "{\"texts\":{},\"numbers\":[01]}|b.json:1:25: is not strict JSON here",
        "{texts:{}}|b.json:1:2: is not strict JSON here",
        "{'texts':{}}|b.json:1:2: is not strict JSON here",
        "{\"texts\":{},}|b.json:1:13: is not strict JSON here",
        "{\"texts\":{}|b.json:1:12: is not strict JSON here",
        "// x|b.json:1:1: is not strict JSON here",
        "[1]|b.json:1:1: expected an object of settings, found a list",
        "\"x\"|b.json:1:1: expected an object of settings, found the text 'x'",
        "{\"\":1}|b.json:1:2: a key is not empty",
        "{\"texts\":{\"a\":\"\\ud800\"}}|b.json:1:15: half of a character: \\uD800",
        "{\"texts\":{\"a\":null}}|b.json:1:15 texts.a: expected text, found no value (null);"
            + " leave the key out, or write \"\" for an empty text",
        "{\"texts\":{\"a\":true}}|b.json:1:15 texts.a: expected text, found 'true'; write it in quotes"
      })
  void whenJsonIsNotStrict_thenItIsRefusedAtItsPlace(String json, String problem) {
    assertThat(folder.problems(loader("b.json", json))).containsExactly(problem);
  }

  @Test
  void whenJsonIsDeepOrLong_thenItIsRefused() {
    assertThat(folder.problems(loader("b.json", "[".repeat(100_000))))
        .hasSize(1)
        .allSatisfy(
            problem -> assertThat(problem).startsWith("b.json:1:33: is nested deeper than 32"));
    assertThat(
            folder.problems(loader("b.json", "{\"texts\":{\"a\":\"" + "x".repeat(65_537) + "\"}}")))
        .hasSize(1)
        .allSatisfy(problem -> assertThat(problem).contains("65536"));
    assertThat(folder.problems(loader("b.json", "{\"" + "x".repeat(257) + "\":1}")))
        .hasSize(1)
        .allSatisfy(problem -> assertThat(problem)
            .matches("b\\.json:1:\\d+: .*256.*|b\\.json:1:\\d+: is beyond the limits .*"));
    assertThat(folder.problems(loader("b.json", "{\"numbers\":[" + "9".repeat(5_000) + "]}")))
        .isNotEmpty();
    assertThat(folder.problems(loader("b.json", "{\"numbers\":[" + "1,".repeat(20_000) + "1]}")))
        .hasSize(1)
        .allSatisfy(problem -> assertThat(problem).contains("more than 10000 entries in all"));
  }

  @Test
  void whenPropertiesHaveAllThatIsAllowed_thenTheyAreRead() {
    Texts texts = loader(
            "c.properties",
            """
            # a comment\r
            ! another \\
              texts.a : \t x \s
            """.replace(" : ", "=") + "\n   texts.b=one \\\n     two\\tthree\\\\\r\ntexts.c=\r"
                + "texts.d = a=b:c#d!e\ntexts[\"x\\ y\"] = \\u0041\\ \n")
        .load()
        .value();
    assertThat(texts.texts())
        .containsExactlyInAnyOrderEntriesOf(Map.of(
            "a", "x  ",
            "b", "one two\tthree\\",
            "c", "",
            "d", "a=b:c#d!e",
            "x y", "A "));
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      quoteCharacter = '`',
      ignoreLeadingAndTrailingWhitespace = false,
      value = {
        "texts.a|c.properties:1:8: expected = after the key 'texts.a'",
        "texts.a: x|c.properties:1:8: expected = after the key 'texts.a'",
        "texts.a x|c.properties:1:9: expected = after the key 'texts.a'",
        "= x|c.properties:1:1: not a path such as llm.providers[0].api-key or prices[\"600519.SH\"]: '', at character 1",
        "texts.a=C:\\data|c.properties:1:11: an unknown escape; a \\ that is meant is written \\\\",
        "texts.a=\\u12g4|c.properties:1:9: \\u is followed by four hexadecimal digits",
        "texts.a=\\u12|c.properties:1:9: \\u is followed by four hexadecimal digits",
        "texts.a=\\|c.properties:1:9: the last line ends with \\",
        "texts.a=\\ud800|c.properties:1:1: half of a character: \\uD800",
        "numbers[1]=1|c.properties:1:1 numbers[1]: leaves a gap: the next index of the list is 0",
        "numbers[01]=1|c.properties:1:1: not a path such as llm.providers[0].api-key or prices[\"600519.SH\"]: 'numbers[01]', at character 9"
      })
  void whenPropertiesAreNotStrict_thenTheyAreRefusedAtTheirPlace(String text, String problem) {
    assertThat(folder.problems(loader("c.properties", text))).contains(problem);
  }

  @Test
  void whenAKeyIsSetTwiceOrIsASection_thenItIsRefused() {
    assertThat(folder.problems(loader("c.properties", "texts.a=1\ntexts.a=2\ntexts=3\n")))
        .containsExactly(
            "c.properties:2:1: duplicate key 'texts.a', which stands at c.properties:1:1 already",
            "c.properties:1:1 texts.a: stands in texts, which has a value",
            "c.properties:3:1 texts: expected a map, found a single value");
  }
}
