package io.qilin.examples;

import static org.assertj.core.api.Assertions.assertThat;

import io.qilin.api.model.ModelDraft;
import io.qilin.api.model.ModelId;
import io.qilin.api.model.ModelStage;
import io.qilin.api.model.StageReason;
import io.qilin.mlops.artifact.ArtifactHold;
import io.qilin.mlops.bundle.Bundle;
import io.qilin.mlops.bundle.GoldenRows;
import io.qilin.mlops.onnx.OnnxExport;
import io.qilin.mlops.training.LinearModel;
import io.qilin.mlops.training.ModelFormats;
import io.qilin.testkit.SettableClock;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** The command {@code serve-check}. */
class ServeCheckCliTest {
  private static final LinearModel MODEL =
      LinearModel.of(List.of("a", "b"), LinearModel.Link.IDENTITY, new double[] {2, -1}, 0.5);

  @TempDir
  private Path folder;

  private String path(String name) {
    return folder.resolve(name).toString();
  }

  private void register(byte[] model) {
    try (ModelStore store =
            ModelStore.open(folder.resolve("models"), SettableClock.at("2026-01-05T09:30:00Z"));
        ArtifactHold hold = store.artifacts().put(model)) {
      store
          .registry()
          .register(ModelDraft.builder("daily", ModelFormats.LINEAR.kind(), MODEL.signature())
              .file("model", hold.artifact().sha256())
              .build());
    }
  }

  @Test
  void whenAVersionCanBeServed_thenItIsDescribedAndScores() {
    register(MODEL.bytes());
    Cli named = Cli.run("serve-check", "--store", path("models"), "--name", "daily/1");
    assertThat(named.code()).as(named.err()).isZero();
    assertThat(named.out())
        .isEqualTo(
            "{\"kind\":\"qilin-linear-1\",\"model\":\"daily/1\",\"stage\":\"NONE\",\"width\":2,"
                + "\"missing\":\"NO_SCORE\",\"scoreOfZeros\":0.5}\n");
    Cli none = Cli.run("serve-check", "--store", path("models"), "--name", "daily");
    assertThat(none.code()).isEqualTo(ExitCode.ERROR);
    assertThat(none.err()).contains("no version of 'daily' is in production");
    try (ModelStore store =
        ModelStore.open(folder.resolve("models"), SettableClock.at("2026-01-05T09:30:00Z"))) {
      store
          .registry()
          .move(ModelId.parse("daily/1"), ModelStage.PRODUCTION, StageReason.of("good"));
    }
    assertThat(
            Cli.run("serve-check", "--store", path("models"), "--name", "daily").out())
        .contains("\"stage\":\"PRODUCTION\"");
  }

  @Test
  void whenAVersionCannotBeServed_thenTheReasonIsSaid() {
    register(new byte[] {'x'});
    Cli broken = Cli.run("serve-check", "--store", path("models"), "--name", "daily/1");
    assertThat(broken.code()).isEqualTo(ExitCode.ERROR);
    assertThat(broken.err()).startsWith("QILIN-").hasLineCount(1);
    assertThat(Cli.run("serve-check", "--store", path("models"), "--name", "daily/2")
            .err())
        .contains("there is no version 'daily/2'");
    assertThat(
            Cli.run("serve-check", "--store", path("none"), "--name", "daily").err())
        .contains("there is no store");
  }

  @Test
  void whenABundleIsChecked_thenItsModelMustGiveItsGoldenScores() throws IOException {
    double[] rows = {1, 2, 3, 4};
    Bundle.draft(
            ModelFormats.LINEAR.kind(),
            MODEL.bytes(),
            MODEL.signature(),
            GoldenRows.from(MODEL.predictor(), rows, GoldenRows.DOUBLE_TOLERANCE))
        .writeFolder(folder.resolve("bundle"));
    Cli good = Cli.run("serve-check", "--bundle", path("bundle"));
    assertThat(good.code()).as(good.err()).isZero();
    assertThat(good.out())
        .contains("\"kind\":\"qilin-linear-1\"", "\"width\":2", "\"goldenRows\":2");
    Files.writeString(folder.resolve("bundle").resolve("model.txt"), "other");
    Cli changed = Cli.run("serve-check", "--bundle", path("bundle"));
    assertThat(changed.code()).isEqualTo(ExitCode.ERROR);
    assertThat(changed.err()).contains("model.txt");
  }

  @Test
  void whenAnOnnxFileIsChecked_thenItIsDescribedOrRefused() throws IOException {
    Path file = Files.write(folder.resolve("m.onnx"), OnnxExport.of(MODEL));
    Cli good = Cli.run("serve-check", "--onnx", file.toString());
    assertThat(good.code()).as(good.err()).isZero();
    assertThat(good.out()).startsWith("{\"kind\":\"onnx\"").contains("\"width\":2");
    Files.writeString(file, "no model");
    Cli bad = Cli.run("serve-check", "--onnx", file.toString());
    assertThat(bad.code()).isEqualTo(ExitCode.ERROR);
    assertThat(bad.err()).startsWith("QILIN-").hasLineCount(1);
  }

  @Test
  void whenNothingOrTwoThingsAreNamed_thenTheUsageIsWrong() {
    assertThat(Cli.run("serve-check").code()).isEqualTo(ExitCode.USAGE);
    assertThat(Cli.run("serve-check", "--onnx", "a", "--bundle", "b").code())
        .isEqualTo(ExitCode.USAGE);
    assertThat(Cli.run("serve-check", "--store", "a").code()).isEqualTo(ExitCode.USAGE);
  }
}
