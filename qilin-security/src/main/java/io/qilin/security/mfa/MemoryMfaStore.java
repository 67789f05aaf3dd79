package io.qilin.security.mfa;

import io.qilin.api.error.QilinException;
import java.util.Optional;
import java.util.concurrent.ConcurrentHashMap;

/** Second factors in the memory of this process; gone when it ends. Safe to share between threads. */
public final class MemoryMfaStore implements MfaStore {
  private final ConcurrentHashMap<String, MfaRecord> records = new ConcurrentHashMap<>();

  /** A store without records. */
  public MemoryMfaStore() {}

  @Override
  public Optional<MfaRecord> find(String subject) {
    return Optional.ofNullable(records.get(subject));
  }

  @Override
  public boolean insert(MfaRecord mfa) {
    return records.putIfAbsent(mfa.subject(), mfa) == null;
  }

  @Override
  public boolean replace(MfaRecord expected, MfaRecord next) {
    if (!expected.subject().equals(next.subject())) {
      throw QilinException.invalid("the record of one user cannot become that of another");
    }
    return records.replace(expected.subject(), expected, next);
  }

  @Override
  public boolean remove(MfaRecord expected) {
    return records.remove(expected.subject(), expected);
  }
}
