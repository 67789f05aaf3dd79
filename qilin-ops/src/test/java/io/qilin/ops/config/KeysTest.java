package io.qilin.ops.config;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.qilin.api.error.QilinException;
import java.nio.file.Path;
import java.time.Duration;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** How keys are found, and what is said of those that are not. */
class KeysTest {
  record Words(String class_, int default_, Duration attemptTimeout) {}

  record Nothing() {}

  record Host(Optional<Nothing> nothing, Map<String, List<Words>> words) {}

  enum Side {
    buy,
    BUY,
    SELL
  }

  record Sided(Side side) {}

  record Preset(
      @ConfigDefault("2s") Optional<Duration> pause,
      @ConfigDefault("3") Optional<Integer> count) {}

  record Listed(@ConfigDefault("[]") Optional<List<String>> names) {}

  @TempDir
  Path temp;

  private ConfigFolder folder;

  @BeforeEach
  void make() {
    folder = new ConfigFolder(temp);
  }

  @Test
  void whenAKeyIsAWordOfJava_thenItsComponentHasALowLine() {
    Words words =
        folder.yaml(Words.class, "class: java.lang.Runtime\ndefault: -0\nattempt-timeout: 2s");
    assertThat(words).isEqualTo(new Words("java.lang.Runtime", 0, Duration.ofSeconds(2)));
    Loaded<Words> named = ConfigLoader.builder(Words.class)
        .environment(Map.of("Q_CLASS", "a", "Q_DEFAULT", "1", "Q_ATTEMPT_TIMEOUT", "1s"), "Q_")
        .build()
        .load();
    assertThat(named.value()).isEqualTo(new Words("a", 1, Duration.ofSeconds(1)));
  }

  @Test
  void whenAKeyIsAWordOfAnother_thenThatIsMeant() {
    assertThat(folder.yamlProblems(
            Words.class, "class: a\ndefault: 1\nattempt-timeout: 1s\ntimeout: 2s"))
        .containsExactly("app.yaml:4:1: unknown key 'timeout'; did you mean 'attempt-timeout'?");
  }

  @Test
  void whenAKeyLooksLikeAnother_thenItsLetterIsNamed() {
    assertThat(
            folder.yamlProblems(Words.class, "сlass: a\nclass: a\ndefault: 1\nattempt-timeout: 1s"))
        .containsExactly(
            "app.yaml:1:1: unknown key 'сlass', which has the character U+0441; did you mean 'class'?");
  }

  @Test
  void whenARecordIsEmpty_thenNoKeyIsCalledKnown() {
    assertThat(folder.yamlProblems(Host.class, "nothing: {__proto__: 1}\nwords: {}"))
        .containsExactly("app.yaml:1:11 nothing: unknown key '__proto__'; nothing can be set here");
  }

  @Test
  void whenAKeyIsTooLong_thenItIsCalledAKey() {
    assertThat(folder.yamlProblems(Host.class, "? " + "k".repeat(100_000) + "\n: 1\n"))
        .containsExactly("app.yaml:1:3: a key of 100000 characters, at most 256 are read");
  }

  @Test
  void whenConstantsDifferByCaseOnly_thenEachNameMeansItsOwn() {
    assertThat(folder.yaml(Sided.class, "side: buy").side()).isEqualTo(Side.buy);
    assertThat(folder.yaml(Sided.class, "side: BUY").side()).isEqualTo(Side.BUY);
    assertThat(folder.yaml(Sided.class, "side: sell").side()).isEqualTo(Side.SELL);
  }

  @Test
  void whenAnOptionalHasADefault_thenItIsNotEmpty() {
    assertThat(folder.yaml(Preset.class, "count: 4"))
        .isEqualTo(new Preset(Optional.of(Duration.ofSeconds(2)), Optional.of(4)));
    assertThat(folder.yamlProblems(Preset.class, "count: ~"))
        .containsExactly(
            "app.yaml:1:8 count: expected a whole number from -2147483648 to 2147483647,"
                + " found no value (null); leave the key out, or write \"\" for an empty text");
    assertThatThrownBy(() -> ConfigLoader.builder(Listed.class))
        .isInstanceOf(QilinException.class)
        .hasMessageContaining("names has no default '[]'");
  }

  @Test
  void whenNullIsGiven_thenItsNameIsTold() {
    ConfigLoader.Builder<Host> builder = ConfigLoader.builder(Host.class);
    Map<String, String> none = new HashMap<>();
    none.put("Q_HOME", null);
    assertThatThrownBy(() -> builder.environment(none, "Q_")).hasMessage("Q_HOME");
    assertThatThrownBy(() -> builder.overrides(none)).hasMessage("Q_HOME");
    assertThatThrownBy(() -> builder.file(null)).hasMessage("file");
    assertThatThrownBy(() -> builder.folder(null)).hasMessage("folder");
    assertThatThrownBy(() -> builder.profile(null)).hasMessage("name");
    assertThatThrownBy(() -> builder.secrets(null)).hasMessage("reader");
  }
}
