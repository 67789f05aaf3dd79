package io.qilin.mlops.bundle;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.qilin.api.error.ErrorCode;
import io.qilin.api.error.QilinException;
import io.qilin.api.model.ModelSignature;
import io.qilin.api.model.ModelSignature.Missing;
import io.qilin.api.model.Predictor;
import io.qilin.mlops.onnx.OnnxFormat;
import io.qilin.mlops.onnx.OnnxOptions;
import io.qilin.mlops.onnx.OnnxWriter;
import io.qilin.mlops.training.LinearModel;
import io.qilin.mlops.training.ModelFormats;
import java.io.IOException;
import java.io.OutputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import java.util.zip.ZipEntry;
import java.util.zip.ZipOutputStream;
import org.assertj.core.api.ThrowableAssert.ThrowingCallable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class BundleTest {
  private static final ModelSignature SIGNATURE =
      new ModelSignature(List.of("KMID", "$换手率", "ROC5"), Missing.NO_SCORE);
  private static final byte[] MODEL = OnnxWriter.linear(new double[] {1, -2, 0.5}, 0.25);
  private static final double[] ROWS = {1, 2, 3, 0, 0, 0, Double.NaN, 1, 1};
  private static final double[] SCORES = {-1.25, 0.25, Double.NaN};
  private static final GoldenRows GOLDEN =
      GoldenRows.of(3, ROWS, SCORES, GoldenRows.FLOAT_TOLERANCE);
  private static final BundleOptions OPTIONS = BundleOptions.of(
      List.of(new OnnxFormat(OnnxOptions.builder(() -> 0).build()), ModelFormats.LINEAR));

  @TempDir
  private Path folder;

  private static BundleDraft draft() {
    return Bundle.draft(OnnxFormat.KIND, MODEL, SIGNATURE, GOLDEN)
        .processors("{}".getBytes(StandardCharsets.UTF_8))
        .attach("README.md", "who made it".getBytes(StandardCharsets.UTF_8));
  }

  private Path written() {
    Path path = folder.resolve("bundle");
    draft().writeFolder(path);
    return path;
  }

  @Test
  void whenWritten_thenFolderAndZipOpenAsWhatWasPacked() throws IOException {
    Path zip = folder.resolve("bundle.zip");
    draft().writeZip(zip);
    for (Path path : List.of(written(), zip)) {
      try (Bundle bundle = Bundle.open(path, OPTIONS.withId(draft().id()))) {
        assertThat(bundle.signature()).isEqualTo(SIGNATURE);
        assertThat(bundle.kind()).isEqualTo("onnx");
        assertThat(bundle.golden().count()).isEqualTo(3);
        assertThat(bundle.processors()).hasValue("{}".getBytes(StandardCharsets.UTF_8));
        assertThat(bundle.attachment("README.md")).isPresent();
        assertThat(bundle.attachment("other")).isEmpty();
        double[] score = new double[1];
        bundle.predictor().predict(new double[] {1, 1, 1}, 1, score);
        assertThat(score[0]).isEqualTo(-0.25);
      }
    }
    Path again = folder.resolve("again.zip");
    draft().writeZip(again);
    assertThat(again).hasSameBinaryContentAs(zip);
    try (var left = Files.list(folder)) {
      assertThat(left).noneMatch(path -> path.toString().endsWith(".partial"));
    }
  }

  @Test
  void whenTheModelIsLinearJson_thenItLoadsThroughTheSameGate() {
    LinearModel model = LinearModel.of(
        SIGNATURE.features(), LinearModel.Link.IDENTITY, new double[] {1, -2, 0.5}, 0.25);
    Path path = folder.resolve("linear");
    try (Predictor predictor = model.predictor()) {
      GoldenRows golden = GoldenRows.from(predictor, ROWS, GoldenRows.DOUBLE_TOLERANCE);
      Bundle.draft(ModelFormats.LINEAR.kind(), model.bytes(), model.signature(), golden)
          .writeFolder(path);
    }
    try (Bundle bundle = Bundle.open(path, OPTIONS)) {
      assertThat(bundle.kind()).isEqualTo("qilin-linear-1");
    }
  }

  @ParameterizedTest
  @ValueSource(
      strings = {"manifest.json", "model.onnx", "signature.json", "golden.json", "processors.json"})
  void whenAnyBitOfAFileIsFlipped_thenTheBundleIsRefused(String name) throws IOException {
    Path file = written().resolve(name);
    byte[] bytes = Files.readAllBytes(file);
    int stride = Math.max(1, bytes.length / 8);
    for (int at = 0; at < bytes.length; at += stride) {
      byte[] flipped = bytes.clone();
      flipped[at] ^= 1;
      Files.write(file, flipped);
      requireCode(ErrorCode.MODEL_INVALID, () -> Bundle.open(folder.resolve("bundle"), OPTIONS));
    }
  }

  @Test
  void whenAFileIsMissingOrExtraOrALink_thenTheBundleIsRefused() throws IOException {
    Path path = written();
    Path extra = Files.writeString(path.resolve("extra.txt"), "x");
    requireCode(ErrorCode.MODEL_INVALID, () -> Bundle.open(path, OPTIONS));
    Files.delete(extra);
    Path readme = path.resolve("README.md");
    Path away = folder.resolve("away");
    Files.move(readme, away);
    requireCode(ErrorCode.MODEL_INVALID, () -> Bundle.open(path, OPTIONS));
    Files.createSymbolicLink(readme, away);
    assertThatThrownBy(() -> Bundle.open(path, OPTIONS)).hasMessageContaining("a link");
    Files.delete(readme);
    Files.createDirectory(readme);
    requireCode(ErrorCode.MODEL_INVALID, () -> Bundle.open(path, OPTIONS));
  }

  @Test
  void whenGoldenScoresDiffer_thenTheBundleIsRefusedThoughAllHashesAreRight() {
    double[] other = SCORES.clone();
    other[1] += 1e-4;
    requireRefused(GoldenRows.of(3, ROWS, other, GoldenRows.FLOAT_TOLERANCE), "golden row 2");
    other[1] = Double.NaN;
    requireRefused(GoldenRows.of(3, ROWS, other, 1e-3), "golden row 2");
  }

  private void requireRefused(GoldenRows golden, String text) {
    Path path = folder.resolve("golden" + golden.hashCode());
    Bundle.draft(OnnxFormat.KIND, MODEL, SIGNATURE, golden).writeFolder(path);
    assertThatThrownBy(() -> Bundle.open(path, OPTIONS)).hasMessageContaining(text);
  }

  @Test
  void whenTheModelTakesOtherFeatures_thenTheBundleIsRefused() {
    Path path = folder.resolve("wide");
    Bundle.draft("onnx", OnnxWriter.linear(new double[4], 1), SIGNATURE, GOLDEN).writeFolder(path);
    requireCode(ErrorCode.MODEL_MISMATCH, () -> Bundle.open(path, OPTIONS));
    ModelSignature two = new ModelSignature(List.of("a", "b"), Missing.NO_SCORE);
    requireCode(ErrorCode.MODEL_MISMATCH, () -> Bundle.draft("onnx", MODEL, two, GOLDEN));
  }

  @Test
  void whenTheIdOrTheKindIsAnother_thenTheErrorSaysSo() {
    Path path = written();
    requireCode(ErrorCode.CONFLICT, () -> Bundle.open(path, OPTIONS.withId("0".repeat(64))));
    requireCode(
        ErrorCode.UNSUPPORTED,
        () -> Bundle.open(path, BundleOptions.of(List.of(ModelFormats.LINEAR))));
    requireCode(ErrorCode.DATA_NOT_FOUND, () -> Bundle.open(folder.resolve("nothing"), OPTIONS));
    requireCode(ErrorCode.CONFLICT, () -> draft().writeFolder(path));
    requireCode(ErrorCode.CONFLICT, () -> draft().writeZip(path));
    requireCode(ErrorCode.IO, () -> draft().writeZip(folder.resolve("no").resolve("folder.zip")));
    requireCode(ErrorCode.MODEL_INVALID, () -> Bundle.open(path, OPTIONS.withMaxBytes(100)));
  }

  @Test
  void whenZipNamesLeadOutOrStandTwiceOrFoldersAreIn_thenItIsRefused() throws IOException {
    for (String name : List.of("../evil", "/etc/passwd", "a/b", "a\\b", "..", "folder/", "é", "")) {
      Path zip = zip(name, new byte[3]);
      requireCode(ErrorCode.MODEL_INVALID, () -> Bundle.open(zip, OPTIONS));
    }
    requireCode(ErrorCode.MODEL_INVALID, () -> Bundle.open(zip("ok", new byte[3]), OPTIONS));
  }

  @Test
  void whenAZipIsABombOrNoZip_thenItIsRefusedBeforeItIsUnpacked() throws IOException {
    Path bomb = zip("zeros", new byte[8 << 20]);
    assertThat(Files.size(bomb)).isLessThan(20_000);
    assertThatThrownBy(() -> Bundle.open(bomb, OPTIONS)).hasMessageContaining("unpacked");
    Path none = Files.write(folder.resolve("none.zip"), new byte[] {1, 2, 3});
    requireCode(ErrorCode.MODEL_INVALID, () -> Bundle.open(none, OPTIONS));
    Path zip = folder.resolve("cut.zip");
    draft().writeZip(zip);
    byte[] whole = Files.readAllBytes(zip);
    for (int length = 0; length < whole.length - 700; length += 197) {
      Files.write(zip, Arrays.copyOf(whole, length));
      requireCode(ErrorCode.MODEL_INVALID, () -> Bundle.open(zip, OPTIONS));
    }
  }

  private Path zip(String name, byte[] content) throws IOException {
    Path zip = folder.resolve("made.zip");
    try (OutputStream file = Files.newOutputStream(zip);
        ZipOutputStream out = new ZipOutputStream(file)) {
      out.putNextEntry(new ZipEntry(name));
      out.write(content);
      out.closeEntry();
    }
    return zip;
  }

  @Test
  void whenAttachmentsAreNotFine_thenTheyAreRefused() {
    for (String name : List.of("", "../x", "manifest.json", "model.onnx", "x".repeat(101))) {
      requireCode(ErrorCode.INVALID_ARGUMENT, () -> draft().attach(name, new byte[0]));
    }
    BundleDraft full = draft();
    requireCode(ErrorCode.INVALID_ARGUMENT, () -> {
      for (int i = 0; i < 40; i++) {
        full.attach("file" + i, new byte[0]);
      }
    });
  }

  @Test
  void whenAModelTakesRowsOfAnotherLength_thenGoldenRowsSaySo() {
    LinearModel wide = LinearModel.of(
        List.of("a", "b", "c", "d"), LinearModel.Link.IDENTITY, new double[] {1, 1, 1, 1}, 0);
    try (Predictor predictor = wide.predictor()) {
      requireCode(ErrorCode.MODEL_MISMATCH, () -> GOLDEN.require(predictor));
    }
  }

  @Test
  void whenGoldenRowsProveNothing_thenTheyAreRefused() {
    List<ThrowingCallable> calls = new ArrayList<>();
    calls.add(() -> GoldenRows.of(3, new double[0], new double[0], 0));
    calls.add(() -> GoldenRows.of(3, new double[4], new double[1], 0));
    calls.add(() -> GoldenRows.of(1, new double[1], new double[] {Double.NaN}, 0));
    calls.add(() -> GoldenRows.of(1, new double[1], new double[] {1 / 0.0}, 0));
    calls.add(() -> GoldenRows.of(1, new double[1], new double[1], 0.1));
    calls.add(() -> new BundleOptions(List.of(), 1, Optional.empty()));
    calls.add(() -> BundleOptions.of(List.of(ModelFormats.LINEAR, ModelFormats.LINEAR)));
    for (ThrowingCallable call : calls) {
      requireCode(ErrorCode.INVALID_ARGUMENT, call);
    }
  }

  private static void requireCode(ErrorCode code, ThrowingCallable call) {
    assertThatThrownBy(call)
        .isInstanceOfSatisfying(QilinException.class, e -> assertThat(e.code()).isEqualTo(code));
  }
}
