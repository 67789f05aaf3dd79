package io.qilin.spring.actuate;

import io.qilin.spring.PartState;
import io.qilin.spring.QilinPart;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;

/** What is wrong with parts that are asked directly, where there is no registry of health. */
final class Troubles {
  private Troubles() {}

  static Map<String, String> of(List<QilinPart> parts) {
    Map<String, String> troubles = new TreeMap<>();
    for (QilinPart part : parts) {
      try {
        PartState state = part.state();
        if (state.level() != PartState.Level.UP) {
          troubles.put(part.name(), state.level() + ": " + state.reason());
        }
      } catch (RuntimeException e) {
        troubles.put(part.name(), "DOWN: " + e.getClass().getName());
      }
    }
    return troubles;
  }
}
