package io.qilin.mlops.training;

import io.qilin.api.error.ErrorCode;
import io.qilin.api.error.QilinException;
import io.qilin.api.model.ModelSignature;
import io.qilin.api.model.Predictor;
import io.qilin.core.report.JsonText;
import java.util.List;

/** Linear models as JSON. */
final class LinearFormat implements ModelFormat {
  private static final String KIND = "qilin-linear-1";

  @Override
  public String kind() {
    return KIND;
  }

  @Override
  public Predictor open(ModelSignature signature, byte[] bytes) {
    LinearModel model = read(bytes);
    requireSame(signature, model.signature());
    return model.predictor();
  }

  /** The signature beside the bytes must be that in the bytes. */
  static void requireSame(ModelSignature beside, ModelSignature inside) {
    inside.requireSame(beside.features());
    if (beside.missing() != inside.missing()) {
      throw new QilinException(
          ErrorCode.MODEL_MISMATCH,
          "the signature says " + beside.missing() + " of what is not known, the model "
              + inside.missing());
    }
  }

  static String write(LinearModel model) {
    JsonText out = new JsonText().object().name("format").value(KIND);
    out.name("link").value(model.link().name());
    features(out, model.signature().features());
    out.name("weights").value(model.weights());
    return out.name("intercept").value(model.intercept()).end().toString();
  }

  static void features(JsonText out, List<String> features) {
    out.name("features").array();
    features.forEach(out::value);
    out.end();
  }

  static LinearModel read(byte[] bytes) {
    ModelJson json = ModelJson.read(bytes, KIND);
    String link = json.text("link");
    List<String> features = json.texts("features");
    double[] weights = json.numbers("weights", features.size());
    double intercept = json.number("intercept");
    json.end();
    for (LinearModel.Link known : LinearModel.Link.values()) {
      if (known.name().equals(link)) {
        return made(features, known, weights, intercept);
      }
    }
    throw ModelJson.invalid("no link is named " + QilinException.quote(link));
  }

  private static LinearModel made(
      List<String> features, LinearModel.Link link, double[] weights, double intercept) {
    try {
      return LinearModel.of(features, link, weights, intercept);
    } catch (QilinException e) {
      throw new QilinException(
          ErrorCode.MODEL_INVALID, "the model is damaged: " + e.getMessage(), e);
    }
  }
}
