package io.qilin.mlops.dataset;

import io.qilin.api.error.ErrorCode;
import io.qilin.api.error.NearestName;
import io.qilin.api.error.QilinException;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Set;

/**
 * The columns at a place in a chain: features first, then labels.
 *
 * @param features distinct
 * @param labels distinct, and none the name of a feature
 */
record ColumnNames(List<String> features, List<String> labels) {
  ColumnNames {
    features = List.copyOf(features);
    labels = List.copyOf(labels);
    Set<String> seen = new HashSet<>();
    for (List<String> names : List.of(features, labels)) {
      for (String name : names) {
        if (!seen.add(name)) {
          throw QilinException.invalid(
              "two columns are named " + QilinException.quote(name) + "; rename one");
        }
      }
    }
    if (features.isEmpty()) {
      throw QilinException.invalid("no feature is left; look at DropCol and FilterCol");
    }
  }

  int width() {
    return features.size() + labels.size();
  }

  List<String> all() {
    List<String> all = new ArrayList<>(features);
    all.addAll(labels);
    return all;
  }

  List<String> of(Columns columns) {
    return switch (columns) {
      case ALL -> all();
      case FEATURES -> features;
      case LABELS -> labels;
    };
  }

  /** The place of the first column of a group. */
  int first(Columns columns) {
    return columns == Columns.LABELS ? features.size() : 0;
  }

  /** Requires that names are among the given ones. */
  static void require(String processor, List<String> names, List<String> known) {
    for (String name : names) {
      if (!known.contains(name)) {
        throw new QilinException(
            ErrorCode.DATA_NOT_FOUND,
            processor + " names the column " + QilinException.quote(name) + ", which is not there"
                + NearestName.hint(name, known));
      }
    }
  }
}
