//! One floor up: strings.
