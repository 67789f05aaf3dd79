package io.qilin.api.model;

import static io.qilin.api.Refusals.assertInvalid;
import static io.qilin.api.Refusals.assertRefused;
import static org.assertj.core.api.Assertions.assertThat;

import io.qilin.api.error.ErrorCode;
import java.util.Collections;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class ModelIdTest {
  @Test
  void whenPrinted_thenItCanBeParsed() {
    ModelId id = new ModelId("qilin_trading_model", 3);

    assertThat(id).hasToString("qilin_trading_model/3");
    assertThat(ModelId.parse("qilin_trading_model/3")).isEqualTo(id);
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "",
        "a",
        "/1",
        "a/",
        "a/x",
        "a/0",
        "a/-1",
        "a/99999999999",
        "a b/1",
        "../1",
        "a/b/1"
      })
  void whenItIsNone_thenItIsRefused(String text) {
    assertInvalid(() -> ModelId.parse(text));
  }

  @ParameterizedTest
  @ValueSource(strings = {"", ".", "..", "-a", "a/b", "a\\b", "模型", "a b", "a\n"})
  void whenANameCouldBeNoFile_thenItIsRefused(String name) {
    assertInvalid(() -> new ModelId(name, 1));
  }

  @Test
  void whenANameIsAsLongAsCanBe_thenItIsTaken() {
    assertThat(ModelId.requireName("a".repeat(128))).hasSize(128);
    assertInvalid(() -> ModelId.requireName("a".repeat(129)));
  }

  private static ModelSignature signature(String... features) {
    return new ModelSignature(List.of(features), ModelSignature.Missing.NO_SCORE);
  }

  @Test
  void whenFeaturesAreTheSame_thenNothingHappens() {
    signature("a", "b").requireSame(List.of("a", "b"));
    assertThat(signature("a", "b").width()).isEqualTo(2);
  }

  @Test
  void whenFeaturesDiffer_thenItSaysWhich() {
    mismatch(signature("a", "b"), List.of("a", "c"), "missing 'b', unknown 'c'");
    mismatch(signature("a", "b"), List.of("b", "a"), "place 1 is 'b' instead of 'a'");
    mismatch(signature("a", "b"), List.of("a", "b", "a"), "some stand more than once");
    mismatch(
        signature("a", "b", "c", "d", "e", "f", "g"),
        List.of(),
        "missing 'a', 'b', 'c', 'd', 'e' and 2 more, unknown none");
  }

  private static void mismatch(ModelSignature signature, List<String> given, String text) {
    assertRefused(ErrorCode.MODEL_MISMATCH, () -> signature.requireSame(given))
        .hasMessageContaining(text);
  }

  @Test
  void whenASignatureCannotBe_thenItIsRefused() {
    assertInvalid(() -> signature());
    assertInvalid(() -> signature("a", "a"));
    assertInvalid(() -> signature("a", " "));
    assertInvalid(() -> signature("a".repeat(1_025)));
    assertInvalid(() ->
        new ModelSignature(Collections.nCopies(100_001, "a"), ModelSignature.Missing.ACCEPTED));
  }
}
