/** Keys, their states and strength, and encryption with them. */
@NullMarked
package io.qilin.security.crypto;

import org.jspecify.annotations.NullMarked;
