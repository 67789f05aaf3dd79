package io.qilin.ops.config;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.qilin.api.error.QilinException;
import java.nio.file.Path;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** Which setting a name of the environment means. */
class EnvironmentTest {
  record Root(
      Llm llm,
      Optional<Api> api,
      Optional<String> apiKey,
      @ConfigDefault("{}") Map<String, Integer> lotSizes,
      @ConfigDefault("{}") Map<String, Api> peers) {}

  record Llm(List<Provider> providers) {}

  record Provider(
      String name,
      Optional<String> apiKey,
      @ConfigDefault("[]") List<String> stopWords) {}

  record Api(String key) {}

  @TempDir
  Path temp;

  private ConfigFolder folder;

  @BeforeEach
  void make() {
    folder = new ConfigFolder(temp);
  }

  @ParameterizedTest
  @CsvSource({
    "Q_LLM_PROVIDERS_0_API__KEY,llm.providers[0].api-key",
    "Q_LLM_PROVIDERS_0_API_KEY,llm.providers[0].api-key",
    "Q_LLM_PROVIDERS_0_APIKEY,llm.providers[0].api-key",
    "Q_LLM_PROVIDERS_12_STOP__WORDS_3,llm.providers[12].stop-words[3]",
    "Q_LLM_PROVIDERS,llm.providers",
    "q_llm_providers_0_name,llm.providers[0].name",
    "Q_API__KEY,api-key",
    "Q_API_KEY,api.key",
    "Q_APIKEY,api-key",
    "Q_LOT__SIZES_A__B,lot-sizes.a-b",
    "Q_LOTSIZES_600519,lot-sizes.600519",
    "Q_PEERS_EAST_KEY,peers.east.key"
  })
  void whenANameMeansOneSetting_thenItIsThat(String name, String path) {
    Environment names = new Environment(RecordShape.of(Root.class), "Q_");
    assertThat(names.path(name, true)).hasToString(path);
  }

  @ParameterizedTest
  @CsvSource({
    "Q_LLM,means no setting; did you mean 'Q_LLM_PROVIDERS_0_NAME'?",
    "Q_,means no setting",
    "Q_LLM_PROVIDERS_0_API__KEZ,means no setting; did you mean 'Q_LLM_PROVIDERS_0_API__KEY'?",
    "Q_LLM_PROVIDERS_X_NAME,means no setting; did you mean 'Q_LLM_PROVIDERS_0_NAME'?",
    "Q_LLM_PROVIDERS_123456_NAME,means no setting; did you mean 'Q_LLM_PROVIDERS_0_NAME'?",
    "Q_LLM_PROVIDERS_0_,means no setting",
    "Q_LLM_PROVIDERS_0_NAME_,means no setting",
    "Q_LOT__SIZES_A_B,means no setting"
  })
  void whenANameMeansNoneOrTwo_thenItIsRefused(String name, String why) {
    Environment names = new Environment(RecordShape.of(Root.class), "Q_");
    assertThatThrownBy(() -> names.path(name, true))
        .isInstanceOf(QilinException.class)
        .hasMessageContaining(why);
  }

  record Two(Optional<String> stopWordList, Optional<Words> stopWord) {}

  record Words(String list) {}

  @Test
  void whenANameMayMeanTwo_thenBothAreNamed() {
    Environment names = new Environment(RecordShape.of(Two.class), "Q_");
    assertThat(names.path("Q_STOP__WORD_LIST", true)).hasToString("stop-word.list");
    assertThatThrownBy(() -> names.path("Q_STOP_WORD_LIST", true))
        .isInstanceOf(QilinException.class)
        .hasMessageContaining("means stop-word-list or stop-word.list; write __ for each dash");
  }

  @Test
  void whenListsAreSet_thenItemsChangeOrAreAddedOrAllGo() {
    folder.write("app.yaml", "llm: {providers: [{name: a, api-key: x, stop-words: [u, v]}]}\n");
    ConfigLoader.Builder<Root> loader =
        ConfigLoader.builder(Root.class).file(folder.at("app.yaml"));
    List<Provider> providers = loader
        .environment(
            Map.of(
                "Q_LLM_PROVIDERS_0_API__KEY", "y",
                "Q_LLM_PROVIDERS_1_NAME", "b",
                "Q_LLM_PROVIDERS_0_STOP__WORDS", "[]",
                "OTHER", "z"),
            "Q_")
        .build()
        .load()
        .value()
        .llm()
        .providers();
    assertThat(providers)
        .containsExactly(
            new Provider("a", Optional.of("y"), List.of()),
            new Provider("b", Optional.empty(), List.of()));
  }

  @Test
  void whenTwoNamesMeanOneSetting_thenBothAreNamed() {
    assertThat(folder.problems(ConfigLoader.builder(Root.class)
            .environment(
                Map.of("Q_LLM_PROVIDERS_0_NAME", "a", "Q_APIKEY", "1", "Q_API__KEY", "2"), "Q_")
            .build()))
        .containsExactly("environment Q_API__KEY api-key: is set by environment Q_APIKEY already");
  }

  @Test
  void whenAnotherProgramUsesThePrefix_thenItsNamesAreRefused() {
    assertThat(folder.problems(ConfigLoader.builder(Root.class)
            .environment(Map.of("Q_LLM_PROVIDERS_0_NAME", "a", "Q_SERVICE_HOST", "10.0.0.1"), "Q_")
            .build()))
        .hasSize(1)
        .allSatisfy(problem ->
            assertThat(problem).startsWith("environment Q_SERVICE_HOST: means no setting"));
    assertThatThrownBy(() -> ConfigLoader.builder(Root.class).environment(Map.of(), "q-"))
        .isInstanceOf(QilinException.class)
        .hasMessageContaining("'q-'");
  }

  @Test
  void whenTheEnvironmentChangesLater_thenTheLoaderKeepsItsCopy() {
    Map<String, String> variables = new HashMap<>(Map.of("Q_LLM_PROVIDERS_0_NAME", "a"));
    ConfigLoader<Root> loader =
        ConfigLoader.builder(Root.class).environment(variables, "Q_").build();
    variables.put("Q_LLM_PROVIDERS_0_NAME", "b");
    assertThat(loader.load().value().llm().providers().get(0).name()).isEqualTo("a");
  }

  @Test
  void whenAValueIsTooLong_thenItsNameIsTold() {
    assertThat(folder.problems(ConfigLoader.builder(Root.class)
            .environment(
                Map.of("Q_LLM_PROVIDERS_0_NAME", "a", "Q_APIKEY", "x".repeat(65_537)), "Q_")
            .build()))
        .containsExactly(
            "environment Q_APIKEY: a value of 65537 characters, at most 65536 are read");
  }
}
