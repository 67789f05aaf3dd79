package io.qilin.mlops.onnx;

import java.util.HashMap;
import java.util.Map;
import java.util.Set;
import java.util.function.Consumer;

/**
 * The operators that are accepted, each with the rule that tells the shape of what it makes and what it costs. What a rule
 * cannot foretell is refused.
 */
final class Operators {
  /** The domain of trees and linear models. */
  static final String ML = "ai.onnx.ml";

  private static final Map<String, Consumer<Step>> RULES = rules();

  /** Make much of little, something by chance, or run what stands in a graph inside; never accepted. */
  private static final Set<String> GROWING = Set.of(
      "Bernoulli",
      "Compress",
      "ConstantOfShape",
      "Expand",
      "EyeLike",
      "If",
      "Loop",
      "Multinomial",
      "NonZero",
      "OneHot",
      "OptionalGetElement",
      "Pad",
      "RandomNormal",
      "RandomNormalLike",
      "RandomUniform",
      "RandomUniformLike",
      "Range",
      "Resize",
      "Scan",
      "SequenceMap",
      "Tile",
      "Unique",
      "Upsample");

  private Operators() {}

  static boolean grows(String operator) {
    return GROWING.contains(operator);
  }

  /** Tells what a step makes, or refuses it. */
  static void examine(Step step, Set<String> extra) {
    Node node = step.node;
    if (node.domain.equals(ML)) {
      Consumer<Step> rule = MlRules.RULES.get(node.operator);
      if (rule == null) {
        throw step.fault("the operator is not accepted; of ai.onnx.ml these are: "
            + String.join(", ", MlRules.RULES.keySet()));
      }
      rule.accept(step);
      return;
    }
    if (!node.domain.isEmpty()) {
      throw step.fault("operators of the domain " + OnnxFault.quote(node.domain)
          + " are not accepted, only those of ONNX itself and of ai.onnx.ml");
    }
    Consumer<Step> rule = RULES.get(node.operator);
    if (rule != null) {
      rule.accept(step);
    } else if (extra.contains(node.operator)) {
      step.costs(16);
      Value first = step.input(0);
      step.gives(first.type, first.dims);
    } else if (grows(node.operator)) {
      throw step.fault(
          "the operator is not accepted: the size or the content of its output is not known beforehand");
    } else {
      throw step.fault(
          "the operator is not accepted; allow it by OnnxLimits if it treats each element by itself");
    }
  }

  private static Map<String, Consumer<Step>> rules() {
    Map<String, Consumer<Step>> rules = new HashMap<>();
    ElementwiseRules.addTo(rules);
    ProductRules.addTo(rules);
    LayoutRules.addTo(rules);
    ReductionRules.addTo(rules);
    return Map.copyOf(rules);
  }
}
