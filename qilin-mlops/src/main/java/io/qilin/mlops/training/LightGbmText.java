package io.qilin.mlops.training;

import io.qilin.api.error.ErrorCode;
import io.qilin.api.error.QilinException;
import java.nio.ByteBuffer;
import java.nio.charset.CharacterCodingException;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Set;

/**
 * Reads LightGBM's text model: lines {@code key=value}, first of the whole, then a block for each tree that begins with {@code
 * Tree=n}, until {@code end of trees}. What comes after, importances and parameters, decides nothing and is passed over.
 * Source: {@code GBDT::LoadModelFromString} and {@code Tree::ToString} of 4.3.
 */
final class LightGbmText {
  private static final int MAX_BYTES = 256 << 20;
  private static final int MAX_TREES = 100_000;
  private static final long MAX_NODES = 20_000_000;
  private static final Set<String> VERSIONS = Set.of("v3", "v4");
  /** Objectives of which the score is the sum itself. */
  private static final Set<String> PLAIN = Set.of(
      "regression",
      "regression_l1",
      "huber",
      "fair",
      "quantile",
      "mape",
      "lambdarank",
      "rank_xendcg");

  private LightGbmText() {}

  static TreeEnsemble read(byte[] bytes) {
    if (bytes.length > MAX_BYTES) {
      throw new QilinException(
          ErrorCode.LIMIT_EXCEEDED,
          "the model has " + bytes.length + " bytes, at most " + MAX_BYTES + " are read");
    }
    try {
      return read(new LightGbmLines(
          StandardCharsets.UTF_8.newDecoder().decode(ByteBuffer.wrap(bytes)).toString()));
    } catch (CharacterCodingException e) {
      throw new QilinException(
          ErrorCode.MODEL_INVALID, "the model is not text in well-formed UTF-8", e);
    }
  }

  private static TreeEnsemble read(LightGbmLines lines) {
    lines.expect("tree");
    Map<String, String> header = lines.block();
    String version = lines.required(header, "version");
    if (!VERSIONS.contains(version)) {
      throw unsupported("the model's version is " + QilinException.quote(version)
          + "; versions 3 and 4 are read");
    }
    if (!lines.required(header, "num_class").equals("1")
        || !lines.required(header, "num_tree_per_iteration").equals("1")) {
      throw unsupported("the model gives several scores a row; only models of one score are read");
    }
    if (header.containsKey("average_output")) {
      throw unsupported("the model averages its trees (a random forest); only sums are read");
    }
    List<String> features = features(lines, header);
    String objective = header.getOrDefault("objective", "");
    double steepness = steepness(lines, objective);
    List<DecisionTree> trees = new ArrayList<>();
    long nodes = 0;
    while (lines.nextTree(trees.size())) {
      if (trees.size() == MAX_TREES) {
        throw limit("more than " + MAX_TREES + " trees");
      }
      DecisionTree tree = LightGbmTree.read(lines, lines.block(), features.size());
      nodes += tree.leaves();
      if (nodes > MAX_NODES) {
        throw limit("more than " + MAX_NODES + " nodes");
      }
      trees.add(tree);
    }
    return new TreeEnsemble(
        features,
        Double.isNaN(steepness) ? TreeEnsemble.Link.IDENTITY : TreeEnsemble.Link.LOGISTIC,
        Double.isNaN(steepness) ? 1 : steepness,
        trees);
  }

  private static List<String> features(LightGbmLines lines, Map<String, String> header) {
    List<String> names = lines.words(lines.required(header, "feature_names"));
    int last = lines.whole(lines.required(header, "max_feature_idx"), 0, 99_999);
    if (names.size() != last + 1) {
      throw lines.damaged("there are " + names.size() + " names for " + (last + 1) + " features");
    }
    return names;
  }

  /** NaN where the score is the sum. */
  private static double steepness(LightGbmLines lines, String objective) {
    List<String> words = objective.isEmpty() ? List.of() : lines.words(objective);
    if (words.isEmpty() || (words.size() == 1 && PLAIN.contains(words.get(0)))) {
      return Double.NaN;
    }
    String name = words.get(0);
    if (name.equals("cross_entropy") && words.size() == 1) {
      return 1;
    }
    if (name.equals("binary") && words.size() == 2 && words.get(1).startsWith("sigmoid:")) {
      double steepness = lines.number(words.get(1).substring("sigmoid:".length()));
      if (steepness > 0) {
        return steepness;
      }
    }
    // Parameters of a loss say nothing about the score, but the square root of the label does.
    if (PLAIN.contains(name) && !words.contains("sqrt")) {
      return Double.NaN;
    }
    throw unsupported(
        "the objective " + QilinException.quote(objective) + " is not read; there are "
            + PLAIN.stream().sorted().toList() + ", binary, cross_entropy");
  }

  static QilinException unsupported(String message) {
    return new QilinException(ErrorCode.UNSUPPORTED, message);
  }

  private static QilinException limit(String what) {
    return new QilinException(ErrorCode.LIMIT_EXCEEDED, "the model has " + what);
  }
}
