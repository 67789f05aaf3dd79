package io.qilin.data.lineage;

import io.qilin.api.error.QilinException;
import java.util.HashSet;
import java.util.List;
import java.util.Locale;
import java.util.Set;

/** Draws a graph as a tree. Depth is limited, so that a long chain does not end the stack. */
final class LineageText {
  private static final int MOST_DEPTH = 200;
  private static final int MOST_FACTS = 80;

  private final LineageGraph graph;
  private final Set<ContentHash> shown = new HashSet<>();
  private final StringBuilder text = new StringBuilder();

  LineageText(LineageGraph graph) {
    this.graph = graph;
  }

  void origin(LineageNode node) {
    draw(node, "", "", 0, true);
  }

  void impact(LineageNode node) {
    draw(node, "", "", 0, false);
  }

  private void draw(LineageNode node, String first, String rest, int depth, boolean up) {
    text.append(first).append(line(node));
    List<LineageStep> steps = up ? graph.makers(node.hash()) : graph.users(node.hash());
    boolean again = !shown.add(node.hash());
    if (again || depth >= MOST_DEPTH) {
      text.append(steps.isEmpty() ? "" : again ? "  (see above)" : "  (and more)")
          .append('\n');
      return;
    }
    text.append('\n');
    facts(node, rest, steps.isEmpty());
    for (int i = 0; i < steps.size(); i++) {
      boolean last = i == steps.size() - 1;
      draw(steps.get(i), rest, last, depth, up);
    }
  }

  private void draw(LineageStep step, String before, boolean last, int depth, boolean up) {
    text.append(before).append(last ? "└─ " : "├─ ").append(line(step)).append('\n');
    String rest = before + (last ? "   " : "│  ");
    List<LineageNode> next = up ? step.inputs() : step.outputs();
    for (int i = 0; i < next.size(); i++) {
      boolean end = i == next.size() - 1;
      LineageNode node = graph.node(next.get(i).hash());
      draw(node, rest + (end ? "└─ " : "├─ "), rest + (end ? "   " : "│  "), depth + 1, up);
    }
  }

  private void facts(LineageNode node, String rest, boolean leaf) {
    StringBuilder line = new StringBuilder();
    node.facts().forEach((name, value) -> {
      String shownValue = bare(value);
      if (shownValue.length() <= MOST_FACTS) {
        line.append(line.isEmpty() ? "" : ", ").append(bare(name)).append(' ').append(shownValue);
      }
    });
    if (!line.isEmpty()) {
      text.append(rest).append(leaf ? "   " : "│  ").append(line).append('\n');
    }
  }

  private static String line(LineageNode node) {
    return node.kind().name().toLowerCase(Locale.ROOT) + " " + bare(node.name()) + "  sha256:"
        + node.hash().brief();
  }

  private static String line(LineageStep step) {
    StringBuilder line = new StringBuilder(bare(step.operation()));
    step.parameters().forEach((name, value) -> {
      String shownValue = bare(value);
      if (shownValue.length() <= MOST_FACTS) {
        line.append(' ').append(bare(name)).append('=').append(shownValue);
      }
    });
    return line + "  [" + bare(step.code().toString()) + "]";
  }

  /** A text from outside on one line, without its quotes. */
  private static String bare(String from) {
    String quoted = QilinException.quote(from);
    return quoted.endsWith("'") ? quoted.substring(1, quoted.length() - 1) : quoted;
  }

  @Override
  public String toString() {
    return text.toString();
  }
}
