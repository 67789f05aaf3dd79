package io.qilin.mlflow;

import java.util.Iterator;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Optional;

/**
 * The values that were used last, by the digests of their contents: never wrong, as a digest has one content. Safe to share.
 *
 * @param <V> a value
 */
final class Recent<V> {
  private final int most;
  private final Map<String, V> values = new LinkedHashMap<>(16, 0.75f, true);

  Recent(int most) {
    this.most = most;
  }

  synchronized Optional<V> get(String sha256) {
    return Optional.ofNullable(values.get(sha256));
  }

  synchronized void put(String sha256, V value) {
    values.put(sha256, value);
    if (values.size() > most) {
      Iterator<String> eldest = values.keySet().iterator();
      eldest.next();
      eldest.remove();
    }
  }
}
