package io.qilin.vault;

import java.util.Collections;
import java.util.Map;
import java.util.TreeMap;

/**
 * Which versions a secret of the KV engine has; needs no right to read the secret itself.
 *
 * @param current the latest version, from 1; 0 if none was written
 * @param oldest the oldest version that is kept
 * @param casRequired whether it can be written only with the version that is expected to be the latest
 * @param states by version
 */
public record VaultVersions(
    long current, long oldest, boolean casRequired, Map<Long, State> states) {
  /** What became of a version. */
  public enum State {
    /** It can be read. */
    LIVE,
    /** It was deleted and can be brought back. */
    DELETED,
    /** It is gone for good. */
    DESTROYED
  }

  /** Copies the map. */
  public VaultVersions {
    states = Collections.unmodifiableMap(new TreeMap<>(states));
  }

  /** Whether the latest version can be read. */
  public boolean isLive() {
    return states.get(current) == State.LIVE;
  }
}
