/**
 * Proof that a call comes from a device that was registered: a challenge answered with the device's own key. Start at {@link
 * io.qilin.security.device.RegisteredDevices}.
 */
@NullMarked
package io.qilin.security.device;

import org.jspecify.annotations.NullMarked;
