package io.qilin.api.model;

import io.qilin.api.error.QilinException;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.function.Consumer;

/**
 * Keeps the versions of models: what each is made of, where it comes from, which one decisions use, and why.
 *
 * <ul>
 *   <li>Versions of a name count from 1; a number is never used again, not even after {@link #delete}.
 *   <li>What was registered never changes. Only stages and aliases do.
 *   <li>A version appears whole or not at all: its files are stored first, then it is registered.
 *   <li>When a method that changes something returns, the change has survived; when it throws, nothing has changed. Only after
 *       STORE_UNAVAILABLE or NETWORK from a remote registry this is to be looked up.
 * </ul>
 *
 * <p>Safe to share between threads. Every method may throw STORE_UNAVAILABLE, STORE_DAMAGED, IO or NETWORK.
 */
public interface ModelRegistry {
  /** What it can do beyond what every registry does. */
  Set<RegistryCapability> capabilities();

  /**
   * Registers the next version of a name, in stage {@link ModelStage#NONE}. The first version makes the name.
   *
   * @throws QilinException DATA_NOT_FOUND if a file of the draft was not stored; STORE_DAMAGED if it is not what its digest says
   */
  ModelVersion register(ModelDraft draft);

  /** The names that have been registered, sorted. */
  List<String> names();

  /**
   * The last versions of a name that are not deleted, newest first; none for an unknown name.
   *
   * @param limit how many at most, 1 to 10,000
   */
  List<ModelVersion> versions(String name, int limit);

  /** A version, unless it is unknown or deleted. */
  Optional<ModelVersion> version(ModelId id);

  /**
   * The version that decisions use. Cheap enough for every call: an implementation may answer from memory, but states how old
   * an answer can be.
   */
  Optional<ModelVersion> production(String name);

  /** The version that {@link #rollback} would bring back. */
  Optional<ModelVersion> previous(String name);

  /** The version to which an alias points. */
  Optional<ModelVersion> alias(String name, String alias);

  /**
   * The content of a file of a version, checked against its digest.
   *
   * @throws QilinException DATA_NOT_FOUND if there is no such version or file; STORE_DAMAGED if it is not what was registered
   */
  byte[] file(ModelId id, String file);

  /**
   * Moves a version to a stage. One that goes to {@link ModelStage#PRODUCTION} sends the one that is there to {@link
   * ModelStage#ARCHIVED} in the same step. To the stage that it has: the history gets a line, nothing else changes.
   *
   * @return the version as it is now
   * @throws QilinException DATA_NOT_FOUND if there is no such version
   */
  ModelVersion move(ModelId id, ModelStage to, StageReason reason);

  /**
   * Moves a version to {@link ModelStage#PRODUCTION} if the version there is still the one that the decision was about.
   *
   * @param id what to promote
   * @param instead the number of the version that must be in production now; 0 if there must be none
   * @return the version as it is now
   * @throws QilinException DATA_NOT_FOUND if there is no such version; CONFLICT if another one is in production: judge again
   */
  ModelVersion promote(ModelId id, int instead, StageReason reason);

  /**
   * Brings back the version that was in production before the present one, or before production became empty. Called again it
   * goes back further.
   *
   * @return the version that is in production now
   * @throws QilinException DATA_NOT_FOUND if there is none to go back to
   */
  ModelVersion rollback(String name, StageReason reason);

  /**
   * Lets an alias point to a version, and no longer to another one of the name.
   *
   * @param alias 1 to 128 letters, digits, {@code . _ -} of ASCII beginning with a letter; not {@code latest} and not {@code v}
   *     with digits, in any case of letters, as MLflow reserves them
   * @throws QilinException INVALID_ARGUMENT for another alias; DATA_NOT_FOUND if there is no such version
   */
  void setAlias(ModelId id, String alias);

  /** Removes an alias; nothing happens if it is not there. */
  void removeAlias(String name, String alias);

  /**
   * Deletes a version; its moves stay in the history.
   *
   * @throws QilinException DATA_NOT_FOUND if there is no such version; CONFLICT if it is in production or an alias points to it
   */
  void delete(ModelId id);

  /**
   * The last moves of a name, newest first.
   *
   * @param limit how many at most, 1 to 100,000
   * @throws QilinException UNSUPPORTED without {@link RegistryCapability#HISTORY}
   */
  List<StageMove> history(String name, int limit);

  /**
   * Tells what this object changes, on the thread that changed it, after it is durable. A listener that throws disturbs neither
   * the caller nor other listeners. What other processes change is not told: ask {@link #production} from time to time.
   *
   * @param listener should be quick
   * @return ends it
   */
  Registration listen(Consumer<? super ModelEvent> listener);

  /** A listener that is told. */
  interface Registration extends AutoCloseable {
    /** Ends it; a call that runs may still end. Closing again does nothing. */
    @Override
    void close();
  }
}
