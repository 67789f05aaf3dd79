package io.qilin.mlops.registry;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import java.util.Map;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.constraints.Size;

/** What a column of text keeps is what was put into it. */
class RowJsonPropertyTest {
  @Property(tries = 100)
  void whenTextsAreWritten_thenTheyAreReadBack(@ForAll @Size(max = 6) Map<String, String> texts) {
    assertThat(RowJson.readTexts(RowJson.texts(texts))).isEqualTo(texts);
    assertThat(RowJson.readTexts(RowJson.texts(texts)).keySet())
        .containsExactlyElementsOf(texts.keySet());
  }

  @Property(tries = 100)
  void whenAListIsWritten_thenItIsReadBack(@ForAll @Size(max = 6) List<String> texts) {
    assertThat(RowJson.readList(RowJson.list(texts))).isEqualTo(texts);
  }

  @Property(tries = 200)
  void whenANumberIsWritten_thenItIsReadBackToTheBit(@ForAll double number) {
    double positiveZero = number + 0.0;

    Map<String, Double> read = RowJson.readNumbers(RowJson.numbers(Map.of("n", positiveZero)));

    assertThat(read).containsExactly(Map.entry("n", positiveZero));
  }
}
