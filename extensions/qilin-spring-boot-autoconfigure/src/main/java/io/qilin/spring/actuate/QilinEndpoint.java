package io.qilin.spring.actuate;

import io.qilin.data.lineage.CodeVersion;
import io.qilin.spring.QilinPart;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.function.Supplier;
import org.springframework.boot.actuate.endpoint.annotation.Endpoint;
import org.springframework.boot.actuate.endpoint.annotation.ReadOperation;

/** What Qilin is in this application: version, parts, what is degraded. It changes nothing. */
@Endpoint(id = "qilin")
public final class QilinEndpoint {
  private final List<QilinPart> parts;
  private final Supplier<Map<String, String>> degraded;

  /**
   * An endpoint.
   *
   * @param degraded what is wrong, by the name of the part
   */
  QilinEndpoint(List<QilinPart> parts, Supplier<Map<String, String>> degraded) {
    this.parts = List.copyOf(parts);
    this.degraded = degraded;
  }

  /** All of it. A part that cannot tell is named with the class of its error. */
  @ReadOperation
  public Map<String, Object> qilin() {
    Map<String, Object> described = new TreeMap<>();
    for (QilinPart part : parts) {
      try {
        described.put(part.name(), part.description());
      } catch (RuntimeException e) {
        described.put(part.name(), Map.of("error", e.getClass().getName()));
      }
    }
    Map<String, Object> out = new LinkedHashMap<>();
    out.put("version", CodeVersion.of(QilinEndpoint.class).toString());
    out.put("degraded", degraded.get());
    out.put("parts", described);
    return out;
  }
}
