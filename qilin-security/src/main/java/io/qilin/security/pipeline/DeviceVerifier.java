package io.qilin.security.pipeline;

import io.qilin.security.access.Identity;

/**
 * How far a device is known to be the identity's. Implemented by the host, for example by a challenge to a registered key; an
 * implementation that always answers 1 is no verifier. Safe to share between threads.
 */
@FunctionalInterface
public interface DeviceVerifier {
  /**
   * Judges the device.
   *
   * @return trust in [0, 1]; anything else refuses the call
   */
  double trust(Identity identity, SecuredCall<?> call);
}
