package io.qilin.mlops.training;

import io.qilin.api.error.ErrorCode;
import io.qilin.api.error.QilinException;
import io.qilin.api.model.ModelSignature;
import io.qilin.api.model.Predictor;
import io.qilin.core.report.JsonText;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import tools.jackson.databind.JsonNode;

/** Learners by gradient descent as JSON, with all that they need to learn on. */
final class SgdFormat implements ModelFormat {
  private static final String KIND = "qilin-sgd-1";

  @Override
  public String kind() {
    return KIND;
  }

  @Override
  public Predictor open(ModelSignature signature, byte[] bytes) {
    SgdModel model = read(bytes);
    LinearFormat.requireSame(signature, model.signature());
    return model.linear().predictor();
  }

  static String write(SgdModel model) {
    JsonText out = new JsonText().object().name("format").value(KIND);
    LinearFormat.features(out, model.signature().features());
    out.name("parameters").object();
    model.values().all().forEach((name, value) -> out.name(name).value(value));
    out.end();
    SgdState state = model.inner();
    out.name("weights").value(state.weights());
    out.name("intercept").value(state.intercept());
    out.name("steps").value(state.steps());
    out.name("rate").value(state.rate());
    out.name("to_cut").value(state.toCut());
    return out.name("cut").value(state.cut()).end().toString();
  }

  static SgdModel read(byte[] bytes) {
    ModelJson json = ModelJson.read(bytes, KIND);
    List<String> features = json.texts("features");
    Map<String, String> parameters = new LinkedHashMap<>();
    JsonNode node = json.member("parameters");
    for (String name : node.propertyNames()) {
      JsonNode value = node.get(name);
      if (!value.isString()) {
        throw ModelJson.invalid("the parameter " + QilinException.quote(name) + " is not a text");
      }
      parameters.put(name, value.stringValue());
    }
    SgdState state = new SgdState(
        json.numbers("weights", features.size()),
        json.number("intercept"),
        Math.max(1, json.count("steps")),
        json.number("rate"),
        json.number("to_cut"),
        json.numbers("cut", features.size()));
    json.end();
    try {
      return new SgdModel(
          new ModelSignature(features, ModelSignature.Missing.NO_SCORE),
          ParameterValues.read(SgdSettings.MODEL, parameters),
          state);
    } catch (QilinException e) {
      throw new QilinException(
          ErrorCode.MODEL_INVALID, "the model is damaged: " + e.getMessage(), e);
    }
  }
}
