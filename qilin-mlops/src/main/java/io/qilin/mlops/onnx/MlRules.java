package io.qilin.mlops.onnx;

import java.util.Map;
import java.util.TreeMap;
import java.util.function.Consumer;

/** Operators of ai.onnx.ml: what tools for tables of features write. */
final class MlRules {
  static final Map<String, Consumer<Step>> RULES = rules();

  private MlRules() {}

  private static Map<String, Consumer<Step>> rules() {
    Map<String, Consumer<Step>> rules = new TreeMap<>();
    rules.put("TreeEnsembleRegressor", step -> TreeRules.examine(step, false));
    rules.put("TreeEnsembleClassifier", step -> TreeRules.examine(step, true));
    rules.put("LinearRegressor", MlRules::linear);
    rules.put("LinearClassifier", MlRules::linearClassifier);
    rules.put("Scaler", step -> perFeature(step, "offset", "scale"));
    rules.put("Imputer", step -> perFeature(step, "imputed_value_floats"));
    rules.put("Normalizer", MlRules::normalizer);
    rules.put("Binarizer", MlRules::sameShape);
    rules.put("ArrayFeatureExtractor", MlRules::extract);
    return rules;
  }

  /** Rows × features, the only shape these take. */
  static Value table(Step step) {
    Value value = step.input(0);
    boolean numbers = value.type.real() || value.type.whole();
    if (value.rank() != 2 || value.dims[0] >= 0 || value.dims[1] < 1 || !numbers) {
      throw step.fault("it takes rows × features, not " + value.type + " " + value.shape());
    }
    return value;
  }

  private static void linear(Step step) {
    step.arity(1, 1);
    Value value = table(step);
    long targets = step.node.whole("targets", 1);
    int weights = step.node.reals("coefficients").length;
    int intercepts = step.node.reals("intercepts").length;
    if (targets < 1
        || weights != targets * value.dims[1]
        || (intercepts != 0 && intercepts != targets)) {
      throw step.fault(weights + " coefficients and " + intercepts + " intercepts do not fit "
          + value.dims[1] + " features and " + targets + " targets");
    }
    step.costsAlso(2L * weights);
    step.gives(ElementType.FLOAT, new long[] {value.dims[0], targets});
  }

  private static void linearClassifier(Step step) {
    step.arity(1, 1);
    Value value = table(step);
    long classes = classes(step);
    int weights = step.node.reals("coefficients").length;
    int intercepts = step.node.reals("intercepts").length;
    long lines = weights / value.dims[1];
    boolean fits =
        weights % value.dims[1] == 0 && (lines == classes || (lines == 1 && classes == 2));
    if (!fits || (intercepts != 0 && intercepts != lines)) {
      throw step.fault(weights + " coefficients and " + intercepts + " intercepts do not fit "
          + value.dims[1] + " features and " + classes + " classes");
    }
    step.costsAlso(2L * weights);
    givesClasses(step, value, classes);
  }

  /** How many labels a classifier has. */
  static long classes(Step step) {
    String texts =
        step.node.has("classlabels_strings") ? "classlabels_strings" : "classlabels_string";
    int strings = step.node.texts(texts).size();
    int wholes = step.node.wholes(
            step.node.has("classlabels_ints") ? "classlabels_ints" : "classlabels_int64s")
        .length;
    if ((strings == 0) == (wholes == 0)) {
      throw step.fault("it has " + strings + " labels of text and " + wholes
          + " of numbers; one of both is needed");
    }
    return strings + (long) wholes;
  }

  static void givesClasses(Step step, Value value, long classes) {
    boolean texts = step.node.has("classlabels_strings") || step.node.has("classlabels_string");
    step.gives(0, texts ? ElementType.STRING : ElementType.INT64, new long[] {value.dims[0]});
    step.gives(1, ElementType.FLOAT, new long[] {value.dims[0], classes});
  }

  private static void perFeature(Step step, String... settings) {
    step.arity(1, 1);
    Value value = table(step);
    for (String setting : settings) {
      int count = step.node.reals(setting).length;
      if (count != 1 && count != value.dims[1]) {
        throw step.fault(
            "its " + setting + " has " + count + " values for " + value.dims[1] + " features");
      }
    }
    step.costs(2);
    step.gives(settings.length == 1 ? value.type : ElementType.FLOAT, value.dims);
  }

  private static void normalizer(Step step) {
    step.arity(1, 1);
    Value value = table(step);
    step.costs(4);
    step.gives(ElementType.FLOAT, value.dims);
  }

  private static void sameShape(Step step) {
    step.arity(1, 1);
    Value value = table(step);
    step.gives(value.type, value.dims);
  }

  private static void extract(Step step) {
    step.arity(2, 2);
    Value value = table(step);
    long[] chosen = step.wholes(1);
    for (long index : chosen) {
      if (index < 0 || index >= value.dims[1]) {
        throw step.fault("there is no feature " + index + " in " + value.dims[1]);
      }
    }
    step.gives(value.type, new long[] {value.dims[0], chosen.length});
  }
}
