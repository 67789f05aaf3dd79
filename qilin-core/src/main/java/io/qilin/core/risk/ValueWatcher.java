package io.qilin.core.risk;

/** A sum over the holdings of a session, told of every change so that it need not add up again. */
interface ValueWatcher {
  /**
   * A holding changed its value.
   *
   * @param share the share
   * @param deltaMills new less old value in thousandths of a yuan
   */
  void changed(SessionShare share, long deltaMills);
}
