package io.qilin.security.device;

import io.qilin.security.crypto.Hmac;
import java.util.Optional;

/** Where the keys of registered devices are kept, by the host, encrypted where they are written to a disk. Safe to share between threads. */
@FunctionalInterface
public interface DeviceKeys {
  /**
   * The key of a device.
   *
   * @return empty if the device is not registered for this subject, or was revoked
   * @throws io.qilin.api.error.QilinException if the place cannot be asked; the call is then refused
   */
  Optional<Hmac> key(String subject, String deviceId);
}
