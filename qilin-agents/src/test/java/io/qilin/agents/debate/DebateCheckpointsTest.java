package io.qilin.agents.debate;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.qilin.api.analysis.Deliberation;
import io.qilin.api.analysis.ModelUse;
import io.qilin.api.error.ErrorCode;
import io.qilin.api.error.QilinException;
import io.qilin.testkit.ScriptedLlm;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class DebateCheckpointsTest {
  private static final String SAID =
      "{\"claim\":\"as #1 says\",\"evidence\":[\"market/trend-50d\"]}";
  private static final String JUDGED = "{\"claim\":\"buy\",\"evidence\":[],\"lean\":0.5}";
  private static final DebateListener NOBODY = (file, turn, said, use) -> {};
  private static final Map<String, String> INPUTS = Map.of("bars", "00");

  private final ExecutorService pool = Executors.newSingleThreadExecutor();

  @TempDir
  private Path folder;

  @AfterEach
  void end() {
    pool.shutdownNow();
  }

  private Deliberation hold(ScriptedLlm model, Map<String, String> inputs) {
    return Debate.builder(DebateGraph.brief())
        .models(DebateModels.of(model, pool, () -> 0))
        .band(0.2)
        .checkpoints(DebateCheckpoints.in(folder, 2))
        .build()
        .hold(List.of(Cases.file()), () -> inputs, Duration.ofMinutes(5), NOBODY)
        .get(0);
  }

  private static ScriptedLlm all() {
    return ScriptedLlm.of(ScriptedLlm.text(SAID), ScriptedLlm.text(SAID), ScriptedLlm.text(JUDGED));
  }

  private List<Path> files() throws IOException {
    try (Stream<Path> found = Files.list(folder)) {
      return found.sorted().toList();
    }
  }

  @Test
  void whenARunWasCutShort_thenTheNextOneGoesOnAfterTheLastAnswer() {
    ScriptedLlm cut = ScriptedLlm.of(
        ScriptedLlm.text(SAID), ScriptedLlm.text(SAID), ScriptedLlm.failure(ErrorCode.LLM_TIMEOUT));
    assertThat(hold(cut, INPUTS).flags()).contains(Debate.DEGRADED);
    ScriptedLlm rest = ScriptedLlm.of(ScriptedLlm.text(JUDGED));
    Deliberation resumed = hold(rest, INPUTS);
    assertThat(rest.requests()).hasSize(1);
    assertThat(resumed.uses()).hasSize(3).allMatch(use -> use.outcome().equals(ModelUse.USED));
    assertThat(resumed.adjustment()).isEqualTo(0.1);
    ScriptedLlm nobody = ScriptedLlm.of();
    assertThat(hold(nobody, INPUTS)).isEqualTo(resumed);
    assertThat(nobody.requests()).isEmpty();
  }

  @Test
  void whenAnswersFollowAFailure_thenTheyAreNotKept() {
    hold(
        ScriptedLlm.of(
            ScriptedLlm.text(SAID),
            ScriptedLlm.failure(ErrorCode.LLM_UNAVAILABLE),
            ScriptedLlm.text(JUDGED)),
        INPUTS);
    ScriptedLlm again = ScriptedLlm.of(ScriptedLlm.text(SAID), ScriptedLlm.text(JUDGED));
    assertThat(hold(again, INPUTS).flags()).isEmpty();
    assertThat(again.requests()).hasSize(2);
  }

  @Test
  void whenAnInputDiffers_thenEverythingIsAskedAnew() throws IOException {
    hold(all(), INPUTS);
    ScriptedLlm other = all();
    hold(other, Map.of("bars", "01"));
    assertThat(other.requests()).hasSize(3);
    assertThat(files()).hasSize(2);
    hold(all(), Map.of("bars", "02"));
    assertThat(files()).as("the oldest is deleted").hasSize(2);
  }

  @Test
  void whenTheLastLineIsTorn_thenTheOnesBeforeItServe() throws IOException {
    Deliberation whole = hold(all(), INPUTS);
    byte[] bytes = Files.readAllBytes(files().get(0));
    Files.write(files().get(0), Arrays.copyOf(bytes, bytes.length - 7));
    ScriptedLlm last = ScriptedLlm.of(ScriptedLlm.text(JUDGED));
    assertThat(hold(last, INPUTS)).isEqualTo(whole);
    assertThat(last.requests()).hasSize(1);
  }

  @Test
  void whenAFileIsDamaged_thenEverythingIsAskedAnew() throws IOException {
    Deliberation whole = hold(all(), INPUTS);
    byte[] bytes = Files.readAllBytes(files().get(0));
    bytes[20] ^= 1;
    Files.write(files().get(0), bytes);
    ScriptedLlm again = all();
    assertThat(hold(again, INPUTS)).isEqualTo(whole);
    assertThat(again.requests()).hasSize(3);
  }

  @Test
  void whenTheFolderIsNone_thenItIsATypedError() throws IOException {
    Path file = Files.writeString(folder.resolve("x"), "");
    assertThatThrownBy(() -> DebateCheckpoints.in(file, 1))
        .isInstanceOfSatisfying(
            QilinException.class, e -> assertThat(e.code()).isEqualTo(ErrorCode.IO));
    assertThatThrownBy(() -> DebateCheckpoints.in(folder, 0)).isInstanceOf(QilinException.class);
  }

  @Test
  void whenTheFolderVanishes_thenTheDebateGoesOnAndSaysSo() throws IOException {
    Path own = Files.createDirectory(folder.resolve("own"));
    DebateCheckpoints kept = DebateCheckpoints.in(own, 2);
    Files.delete(own);
    Deliberation said = Debate.builder(DebateGraph.brief())
        .models(DebateModels.of(all(), pool, () -> 0))
        .checkpoints(kept)
        .build()
        .hold(List.of(Cases.file()), () -> INPUTS, Duration.ofMinutes(5), NOBODY)
        .get(0);
    assertThat(said.uses()).hasSize(3).allMatch(use -> use.outcome().equals(ModelUse.USED));
    assertThat(said.flags()).containsExactly("CHECKPOINT_FAILED");
  }
}
