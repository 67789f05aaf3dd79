package io.qilin.examples;

import io.qilin.api.error.ErrorCode;
import io.qilin.api.error.QilinException;
import io.qilin.api.model.ModelId;
import io.qilin.api.model.ModelSignature;
import io.qilin.api.model.ModelVersion;
import io.qilin.api.model.Predictor;
import io.qilin.mlops.bundle.Bundle;
import io.qilin.mlops.bundle.BundleOptions;
import io.qilin.mlops.onnx.OnnxCheck;
import io.qilin.mlops.onnx.OnnxLimits;
import io.qilin.mlops.onnx.OnnxSummary;
import io.qilin.mlops.training.ModelFormats;
import java.nio.file.Path;
import java.time.Clock;
import java.util.Optional;
import java.util.concurrent.Callable;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.ArgGroup;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;
import tools.jackson.databind.json.JsonMapper;
import tools.jackson.databind.node.ObjectNode;

/** {@code serve-check}: whether a model could be served. */
@Command(
    name = "serve-check",
    description = {
      "Says whether a host could serve a model, and prints what it is as one line of JSON; an error says why not.",
      "",
      "An ONNX file is judged by its bytes alone, as before native code sees it. A bundle must be as it was packed and"
          + " give the scores it gave then. A version in a store must be as it was registered and score a row of zeros.",
      ""
    },
    footer = {
      "",
      "Example: qilin serve-check --onnx model.onnx",
      "Example: qilin serve-check --bundle model.zip",
      "Example: qilin serve-check --store models --name daily/3"
    })
final class ServeCheckCommand implements Callable<Integer> {
  private static final JsonMapper JSON = JsonMapper.builder().build();

  private final Terminal terminal;

  @Mixin
  private CommonOptions common = new CommonOptions();

  @ArgGroup(exclusive = true, multiplicity = "1")
  private What what = new What();

  ServeCheckCommand(Terminal terminal) {
    this.terminal = terminal;
  }

  /** One of these. */
  private static final class What {
    @Option(names = "--onnx", required = true, paramLabel = "FILE", description = "An ONNX file.")
    private Optional<Path> onnx = Optional.empty();

    @Option(
        names = "--bundle",
        required = true,
        paramLabel = "PATH",
        description = "A model bundle, a folder or a zip file, of trees or a linear model.")
    private Optional<Path> bundle = Optional.empty();

    @ArgGroup(exclusive = false, multiplicity = "1")
    private @Nullable Stored stored;
  }

  /** A version in a store. */
  private static final class Stored {
    @Option(
        names = "--store",
        required = true,
        paramLabel = "DIR",
        description = "The folder of experiments and models.")
    private Path store = Path.of("");

    @Option(
        names = "--name",
        required = true,
        paramLabel = "NAME[/VERSION]",
        description = "The model; its version in production unless one is named.")
    private String name = "";
  }

  @Override
  public Integer call() {
    ObjectNode root = JSON.createObjectNode();
    what.onnx.ifPresent(file -> onnx(file, root));
    what.bundle.ifPresent(path -> bundle(path, root));
    if (what.stored != null) {
      stored(what.stored, root);
    }
    terminal.out().print(JSON.writeValueAsString(root) + "\n");
    return ExitCode.DONE;
  }

  private static void onnx(Path file, ObjectNode root) {
    OnnxSummary summary = OnnxCheck.check(WholeFile.read(file), OnnxLimits.DEFAULT);
    root.put("kind", "onnx");
    root.put("input", summary.input());
    root.put("width", summary.width());
    root.put("output", summary.output());
    root.put("columns", summary.columns());
    root.put("doubles", summary.doubles());
    root.put("nodes", summary.nodes());
    root.put("trees", summary.trees());
    root.put("flopsPerRow", summary.flopsPerRow());
  }

  private static void bundle(Path path, ObjectNode root) {
    try (Bundle bundle = Bundle.open(path, BundleOptions.of(ModelFormats.all()))) {
      root.put("kind", bundle.kind());
      root.put("id", bundle.id());
      signature(bundle.signature(), root);
      root.put("goldenRows", bundle.golden().count());
    }
  }

  private static void signature(ModelSignature signature, ObjectNode root) {
    root.put("width", signature.width());
    root.put("missing", signature.missing().name());
  }

  private static void stored(Stored stored, ObjectNode root) {
    try (ModelStore kept = ModelStore.existing(stored.store, Clock.systemUTC())) {
      ModelVersion version = version(kept, stored.name);
      byte[] model = kept.registry().file(version.id(), "model");
      ModelSignature signature = version.draft().signature();
      double[] score = new double[1];
      try (Predictor predictor = ModelFormats.of(version.draft().kind()).open(signature, model)) {
        predictor.predict(new double[signature.width()], 1, score);
      }
      root.put("kind", version.draft().kind());
      root.put("model", version.id().toString());
      root.put("stage", version.stage().name());
      signature(signature, root);
      root.put("scoreOfZeros", score[0]);
    }
  }

  private static ModelVersion version(ModelStore kept, String name) {
    boolean exact = name.contains("/");
    return (exact
            ? kept.registry().version(ModelId.parse(name))
            : kept.registry().production(name))
        .orElseThrow(() -> new QilinException(
            ErrorCode.DATA_NOT_FOUND,
            exact
                ? "there is no version " + QilinException.quote(name) + " in the store"
                : "no version of " + QilinException.quote(name)
                    + " is in production; name one, as in " + name + "/1"));
  }
}
