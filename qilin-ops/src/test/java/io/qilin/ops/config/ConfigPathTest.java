package io.qilin.ops.config;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.qilin.api.error.QilinException;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.constraints.IntRange;
import net.jqwik.api.constraints.Size;
import net.jqwik.api.constraints.StringLength;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Paths, printed and parsed. */
class ConfigPathTest {
  @Property(tries = 100)
  void whenPrinted_thenParsesBack(
      @ForAll @Size(max = 4) List<@StringLength(min = 1, max = 8) String> names,
      @ForAll @IntRange(max = 999_999) int index) {
    ConfigPath path = ConfigPath.ROOT.name("a").index(index);
    for (String name : names) {
      path = path.name(name);
    }
    assertThat(ConfigPath.parse(path.toString())).isEqualTo(path);
    assertThat(path.toString().lines()).hasSize(1);
  }

  @Test
  void whenSorted_thenSectionsComeBeforeTheirPartsAndIndicesByNumber() {
    List<ConfigPath> paths = new ArrayList<>();
    for (String text : List.of("a", "a.b", "a.b[2]", "a.b[10]", "a.c", "a-b")) {
      paths.add(ConfigPath.parse(text));
    }
    Collections.reverse(paths);
    assertThat(paths.stream().sorted().map(ConfigPath::toString))
        .containsExactly("a", "a.b", "a.b[2]", "a.b[10]", "a.c", "a-b");
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "",
        ".",
        ".a",
        "a.",
        "a..b",
        "a b",
        "a[",
        "a[]",
        "a[-1]",
        "a[01]",
        "a[1",
        "a[1000000000]",
        "a[\"\"]",
        "a[\"x]",
        "a[\"x\"",
        "a[\"\\x\"]",
        "a[\"\\u12\"]",
        "a[0]b",
        "a=b",
        "a\nb"
      })
  void whenATextIsNoPath_thenItIsRefused(String text) {
    assertThatThrownBy(() -> ConfigPath.parse(text))
        .isInstanceOf(QilinException.class)
        .hasMessageContaining("not a path such as");
    assertThatThrownBy(() -> ConfigPath.parse("a".repeat(16_385)))
        .isInstanceOf(QilinException.class)
        .hasMessageContaining("at most 16384 characters");
  }
}
