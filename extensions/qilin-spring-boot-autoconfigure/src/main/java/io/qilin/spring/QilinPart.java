package io.qilin.spring;

import java.util.Map;

/**
 * A part of Qilin in an application, as health and the endpoint {@code qilin} show it. Each subject has one; an application
 * may add beans of its own. Safe to be asked by several threads.
 */
public interface QilinPart {
  /** Unique name of 1 to 32 of {@code a-z 0-9 -}, for example {@code sources}. */
  String name();

  /** Whether the application is down without it; otherwise it is degraded. */
  boolean required();

  /** How it is now. It may be given up when it lasts too long; what it throws counts as down. */
  PartState state();

  /** What the endpoint {@code qilin} shows of it, without asking the outside: plain maps, lists, texts, numbers and truths; never a secret. */
  Map<String, Object> description();
}
