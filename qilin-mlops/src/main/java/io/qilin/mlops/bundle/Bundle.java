package io.qilin.mlops.bundle;

import io.qilin.api.error.ErrorCode;
import io.qilin.api.error.QilinException;
import io.qilin.api.model.ModelSignature;
import io.qilin.api.model.ModelSignature.Missing;
import io.qilin.api.model.Predictor;
import io.qilin.core.report.JsonText;
import io.qilin.mlops.training.ModelFormat;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.Set;
import java.util.TreeMap;

/**
 * An opened model bundle: a model that was proven, at this opening, to give the scores it gave when it was packed. A bundle is a
 * folder or a zip file with {@code manifest.json}, the model, {@code signature.json}, {@code golden.json}, perhaps {@code
 * processors.json}, and other files that the host packed. It is refused as a whole when a file is missing, extra or
 * changed, when the model does not fit the signature, or when a golden row's score differs.
 *
 * <p>Safe to share between threads. Closing it closes the model.
 */
public final class Bundle implements AutoCloseable {
  static final String SIGNATURE = "signature.json";
  static final String GOLDEN = "golden.json";
  static final String PROCESSORS = "processors.json";
  private static final int SIGNATURE_BYTES = 16 << 20;

  private final Manifest manifest;
  private final Map<String, byte[]> files;
  private final ModelSignature signature;
  private final GoldenRows golden;
  private final Predictor predictor;

  private Bundle(
      Manifest manifest,
      Map<String, byte[]> files,
      ModelSignature signature,
      GoldenRows golden,
      Predictor predictor) {
    this.manifest = manifest;
    this.files = files;
    this.signature = signature;
    this.golden = golden;
    this.predictor = predictor;
  }

  /**
   * Opens a bundle and proves its model.
   *
   * @param path a folder or a zip file
   * @throws QilinException MODEL_INVALID if anything in it is not as it was packed, with the file; DATA_NOT_FOUND if it is not
   *     there; IO if it cannot be read; UNSUPPORTED if its model is of a kind that is not among the formats; CONFLICT if it
   *     has another id than expected; and as the format's opening
   */
  public static Bundle open(Path path, BundleOptions options) {
    Map<String, byte[]> files = BundleFiles.read(path, options.maxBytes());
    Manifest manifest = Manifest.read(files);
    options.id().ifPresent(expected -> {
      if (!expected.equals(manifest.id())) {
        throw new QilinException(
            ErrorCode.CONFLICT,
            "the model bundle has the id " + manifest.id() + " instead of "
                + QilinException.quote(expected) + "; it is another one");
      }
    });
    ModelFormat format = options
        .format(manifest.kind())
        .orElseThrow(() -> new QilinException(
            ErrorCode.UNSUPPORTED,
            "the model bundle holds a model of the kind " + QilinException.quote(manifest.kind())
                + "; opened are "
                + options.formats().stream().map(ModelFormat::kind).toList()));
    ModelSignature signature = signature(file(files, SIGNATURE));
    GoldenRows golden = GoldenRows.read(GOLDEN, file(files, GOLDEN), signature);
    byte[] model = file(files, manifest.model());
    files.remove(manifest.model());
    Predictor predictor = format.open(signature, model);
    try {
      predictor.signature().requireSame(signature.features());
      golden.require(predictor);
      return new Bundle(manifest, files, signature, golden, predictor);
    } catch (RuntimeException | Error e) {
      predictor.close();
      throw e;
    }
  }

  private static byte[] file(Map<String, byte[]> files, String name) {
    byte[] bytes = files.get(name);
    if (bytes == null) {
      throw BundleFault.invalid(QilinException.quote(name), "it is missing");
    }
    return bytes;
  }

  private static ModelSignature signature(byte[] bytes) {
    BundleJson json =
        BundleJson.read(SIGNATURE, bytes, SIGNATURE_BYTES, Set.of("features", "missing"));
    String missing = json.text("missing");
    for (Missing known : Missing.values()) {
      if (known.name().equals(missing)) {
        try {
          return new ModelSignature(json.texts("features"), known);
        } catch (QilinException e) {
          throw BundleFault.invalid(SIGNATURE, String.valueOf(e.getMessage()), e);
        }
      }
    }
    throw json.fault(
        "missing is " + QilinException.quote(missing) + " instead of NO_SCORE or ACCEPTED");
  }

  private static byte[] write(ModelSignature signature) {
    JsonText out =
        new JsonText().object().name("missing").value(signature.missing().name());
    out.name("features").array();
    signature.features().forEach(out::value);
    return out.end().end().toString().getBytes(StandardCharsets.UTF_8);
  }

  /**
   * Begins a bundle.
   *
   * @param kind the kind of a {@link ModelFormat}
   * @param model the model's bytes; copied
   * @param golden rows of the signature's width
   * @throws QilinException MODEL_MISMATCH if golden rows have another width; LIMIT_EXCEEDED if names of features take more than 16
   *     MiB
   */
  public static BundleDraft draft(
      String kind, byte[] model, ModelSignature signature, GoldenRows golden) {
    Objects.requireNonNull(kind, "kind");
    if (golden.width() != signature.width()) {
      throw new QilinException(
          ErrorCode.MODEL_MISMATCH,
          "golden rows have " + golden.width() + " features, the signature names "
              + signature.width());
    }
    byte[] features = write(signature);
    if (features.length > SIGNATURE_BYTES) {
      throw new QilinException(
          ErrorCode.LIMIT_EXCEEDED,
          "the names of features take " + features.length + " bytes, at most " + SIGNATURE_BYTES
              + " are packed");
    }
    Map<String, byte[]> files = new TreeMap<>();
    String name = kind.equals("onnx") ? "model.onnx" : "model.txt";
    files.put(name, model.clone());
    files.put(SIGNATURE, features);
    files.put(GOLDEN, golden.write());
    return new BundleDraft(kind, name, files);
  }

  /** What stands for the whole content: 64 hexadecimal digits. */
  public String id() {
    return manifest.id();
  }

  /** The kind of the model, for example {@code onnx}. */
  public String kind() {
    return manifest.kind();
  }

  /** The features of a row. */
  public ModelSignature signature() {
    return signature;
  }

  /** The rows that proved the model. */
  public GoldenRows golden() {
    return golden;
  }

  /** The model; closed with the bundle. */
  public Predictor predictor() {
    return predictor;
  }

  /** The parameters of the processors that make rows of factors; a copy. */
  public Optional<byte[]> processors() {
    return attachment(PROCESSORS);
  }

  /** Another file that was packed; a copy. */
  public Optional<byte[]> attachment(String name) {
    return Optional.ofNullable(files.get(name)).map(byte[]::clone);
  }

  @Override
  public void close() {
    predictor.close();
  }
}
