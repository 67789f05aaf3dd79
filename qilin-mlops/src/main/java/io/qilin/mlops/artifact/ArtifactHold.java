package io.qilin.mlops.artifact;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * A file that is kept while it is being registered: {@link ArtifactStore#collect} leaves it alone until this is closed. Close it
 * after the transaction that refers to the file has committed. Not closed, as after a crash, it ends by itself after {@link
 * ArtifactStore#HOLD_DAYS} days.
 *
 * <p>Safe to share between threads.
 */
public final class ArtifactHold implements AutoCloseable {
  private static final Logger LOG = LoggerFactory.getLogger(ArtifactHold.class);

  private final Artifact artifact;
  private final Path pin;

  ArtifactHold(Artifact artifact, Path pin) {
    this.artifact = artifact;
    this.pin = pin;
  }

  /** What is kept. */
  public Artifact artifact() {
    return artifact;
  }

  /** Ends the hold. Closing again does nothing. */
  @Override
  public void close() {
    try {
      Files.deleteIfExists(pin);
    } catch (IOException e) {
      LOG.warn(
          "the hold {} could not be ended; its file stays a few days longer than it need", pin, e);
    }
  }
}
