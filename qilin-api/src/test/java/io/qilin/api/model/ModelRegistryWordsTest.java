package io.qilin.api.model;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.qilin.api.error.ErrorCode;
import io.qilin.api.error.QilinException;
import java.time.Instant;
import java.time.LocalDate;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.stream.IntStream;
import org.assertj.core.api.ThrowableAssert.ThrowingCallable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** What a registry takes and what it refuses before it is asked. */
class ModelRegistryWordsTest {
  private static final String DIGEST = "0123456789abcdef".repeat(4);
  private static final ModelSignature SIGNATURE =
      new ModelSignature(List.of("a"), ModelSignature.Missing.NO_SCORE);

  private static void assertRefused(ThrowingCallable call) {
    assertThatThrownBy(call)
        .isInstanceOfSatisfying(
            QilinException.class, e -> assertThat(e.code()).isEqualTo(ErrorCode.INVALID_ARGUMENT));
  }

  private static ModelDraft.Builder draft() {
    return ModelDraft.builder("m", "linear", SIGNATURE).file("f", DIGEST);
  }

  @Test
  void whenADraftIsBuilt_thenWhatIsNotSetIsUnknownOrEmpty() {
    ModelDraft draft = draft().build();

    assertThat(draft.lineage()).isEqualTo(ModelLineage.UNKNOWN);
    assertThat(draft.metrics()).isEmpty();
    assertThat(draft.tags()).isEmpty();
    assertThat(draft.description()).isEmpty();
  }

  @Test
  void whenMapsAreGiven_thenTheyAreCopiedInTheirOrder() {
    Map<String, Double> metrics = new HashMap<>(Map.of("zero", -0.0));
    ModelDraft draft = new ModelDraft(
        "m", "linear", Map.of("f", DIGEST), SIGNATURE, ModelLineage.UNKNOWN, metrics, Map.of(), "");
    metrics.put("later", 1.0);

    assertThat(draft.metrics()).containsExactly(Map.entry("zero", 0.0));
    assertThat(draft().tag("z", "1").tag("a", "2").build().tags().keySet())
        .containsExactly("z", "a");
    assertThatThrownBy(() -> draft.metrics().clear())
        .isInstanceOf(UnsupportedOperationException.class);
  }

  @ParameterizedTest
  @ValueSource(strings = {"", " ", "../f", "a/b", ".hidden", "名", "a b"})
  void whenAFilesNameIsUnsafe_thenItIsRefused(String name) {
    assertRefused(() -> draft().file(name, DIGEST).build());
  }

  @ParameterizedTest
  @ValueSource(strings = {"", "0", "0123456789ABCDEF"})
  void whenADigestIsNone_thenItIsRefused(String digest) {
    assertRefused(() -> draft().file("g", digest).build());
    assertRefused(() -> draft().file("g", digest.repeat(4)).build());
  }

  @Test
  void whenADraftIsUnsound_thenItIsRefused() {
    assertRefused(() -> ModelDraft.builder("m", "linear", SIGNATURE).build());
    assertRefused(
        () -> ModelDraft.builder("a/b", "linear", SIGNATURE).file("f", DIGEST).build());
    assertRefused(
        () -> ModelDraft.builder("m", " ", SIGNATURE).file("f", DIGEST).build());
    assertRefused(() ->
        ModelDraft.builder("m", "k".repeat(65), SIGNATURE).file("f", DIGEST).build());
    assertRefused(() -> draft().metric("m", Double.NEGATIVE_INFINITY).build());
    assertRefused(() -> draft().metric(" ", 1).build());
    assertRefused(() -> draft().tag("t", "a\u0000").build());
    assertRefused(() -> draft().tag("t", "\ud800").build());
    assertRefused(() -> draft().tag("t", "\udc00\ud800").build());
    assertRefused(() -> draft().tag("t".repeat(251), "").build());
    assertRefused(() -> draft().tag("t", "x".repeat(65_537)).build());
    assertRefused(() -> draft().description("\ud83d").build());
    ModelSignature hostile =
        new ModelSignature(List.of("a\u0000"), ModelSignature.Missing.NO_SCORE);
    assertRefused(() -> ModelDraft.builder("m", "k", hostile).file("f", DIGEST).build());
  }

  @Test
  void whenThereIsTooMuch_thenItIsRefused() {
    ModelDraft.Builder files = draft();
    ModelDraft.Builder metrics = draft();
    ModelDraft.Builder tags = draft();
    for (int i = 0; i <= 1_000; i++) {
      files.file("f" + i, DIGEST);
      metrics.metric("m" + i, i);
      tags.tag("t" + i, "");
    }
    assertRefused(files::build);
    assertRefused(metrics::build);
    assertRefused(tags::build);
    ModelDraft.Builder long16 = draft();
    for (int i = 0; i < 16; i++) {
      long16.tag("t" + i, "x".repeat(65_536));
    }
    assertRefused(long16::build);
    ModelSignature wide = new ModelSignature(
        IntStream.range(0, 5_000).mapToObj(i -> "x".repeat(1_000) + i).toList(),
        ModelSignature.Missing.NO_SCORE);
    assertRefused(() -> ModelDraft.builder("m", "k", wide).file("f", DIGEST).build());
  }

  @Test
  void whenTextsHoldWholePairs_thenTheyAreKept() {
    assertThat(draft().tag("龙头", "\ud83d\ude00").build().tags())
        .containsEntry("龙头", "\ud83d\ude00");
  }

  @Test
  void whenAWindowIsGiven_thenLaterMeansAfterItsLabels() {
    LocalDate last = LocalDate.of(2020, 12, 31);
    LocalDate labels = LocalDate.of(2021, 1, 5);
    TrainingWindow window = new TrainingWindow(LocalDate.of(2019, 1, 2), last, labels);

    assertThat(window.isBefore(last)).isFalse();
    assertThat(window.isBefore(labels)).isFalse();
    assertThat(window.isBefore(labels.plusDays(1))).isTrue();
    assertRefused(() -> new TrainingWindow(labels, last, labels));
    assertRefused(() -> new TrainingWindow(last, labels, last));
  }

  @ParameterizedTest
  @ValueSource(strings = {"latest", "Latest", "v1", "V007", "", "1a", "a b", "a/b", "é"})
  void whenAnAliasIsReservedOrOdd_thenItIsNone(String alias) {
    assertThat(ModelAlias.matches(alias)).isFalse();
    assertRefused(() -> ModelAlias.require(alias));
  }

  @ParameterizedTest
  @ValueSource(strings = {"champion", "v1.2", "v", "latest-1", "A"})
  void whenAnAliasIsUsual_thenItIsOne(String alias) {
    assertThat(ModelAlias.require(alias)).isEqualTo(alias);
  }

  @Test
  void whenAReasonOrAMoveIsUnsound_thenItIsRefused() {
    assertRefused(() -> StageReason.of(" "));
    assertRefused(() -> StageReason.of("x".repeat(65_537)));
    assertRefused(() -> new StageReason("x", Map.of("", "y")));
    assertRefused(() -> new StageMove(
        new ModelId("m", 1),
        0,
        ModelStage.NONE,
        ModelStage.STAGING,
        false,
        Instant.EPOCH,
        StageReason.of("x")));
    assertRefused(() -> new ModelLineage("x".repeat(257), "", "", "", Optional.empty()));
  }

  @Test
  void whenAVersionIsMade_thenItsAliasesAreCopiedAndSorted() {
    ModelVersion version = new ModelVersion(
        new ModelId("m", 1),
        draft().build(),
        ModelStage.NONE,
        Set.of("b", "a", "C"),
        Instant.EPOCH,
        Instant.EPOCH);

    assertThat(version.aliases()).containsExactly("C", "a", "b");
  }
}
