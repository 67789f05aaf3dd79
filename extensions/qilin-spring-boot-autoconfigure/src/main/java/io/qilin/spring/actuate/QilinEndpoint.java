package io.qilin.spring.actuate;

import io.qilin.data.lineage.CodeVersion;
import io.qilin.spring.PartState;
import io.qilin.spring.QilinPart;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import org.springframework.boot.actuate.endpoint.annotation.Endpoint;
import org.springframework.boot.actuate.endpoint.annotation.ReadOperation;

/** What Qilin is in this application: version, parts, what is degraded. Changes nothing and asks nobody outside. */
@Endpoint(id = "qilin")
public final class QilinEndpoint {
  private final List<QilinPart> parts;

  QilinEndpoint(List<QilinPart> parts) {
    this.parts = List.copyOf(parts);
  }

  /** All of it. A part that cannot tell is named with the class of its error. */
  @ReadOperation
  public Map<String, Object> qilin() {
    Map<String, Object> out = new LinkedHashMap<>();
    out.put("version", CodeVersion.of(QilinEndpoint.class).toString());
    Map<String, String> troubles = new TreeMap<>();
    Map<String, Object> described = new TreeMap<>();
    for (QilinPart part : parts) {
      try {
        PartState state = part.state();
        if (state.level() != PartState.Level.UP) {
          troubles.put(part.name(), state.level() + ": " + state.reason());
        }
        described.put(part.name(), part.description());
      } catch (RuntimeException e) {
        troubles.put(part.name(), "cannot tell: " + e.getClass().getName());
      }
    }
    out.put("degraded", troubles);
    out.put("parts", described);
    return out;
  }
}
