//! The driver as `cpal` sees it: its host `custom`.

use super::{Calls, Card, FakeDriver, Open, lock};
use cpal::traits::{DeviceTrait, HostTrait, StreamTrait};
use cpal::{
    Data, DeviceDescription, DeviceDescriptionBuilder, DeviceId, Error, ErrorKind, InputCallbackInfo,
    OutputCallbackInfo, SampleFormat, StreamConfig, StreamInstant, SupportedBufferSize, SupportedStreamConfig,
    SupportedStreamConfigRange,
};
use std::sync::{Arc, Mutex};
use std::time::Duration;

impl HostTrait for FakeDriver {
    type Devices = std::vec::IntoIter<FakeDevice>;
    type Device = FakeDevice;

    fn is_available() -> bool {
        true
    }

    fn devices(&self) -> Result<Self::Devices, Error> {
        let cards = lock(&self.shared.world).cards.clone();
        let device = |card| FakeDevice { driver: self.clone(), card };
        Ok(cards.into_iter().map(device).collect::<Vec<_>>().into_iter())
    }

    fn default_input_device(&self) -> Option<Self::Device> {
        None
    }

    fn default_output_device(&self) -> Option<Self::Device> {
        self.devices().ok()?.next()
    }
}

/// A card, found.
#[derive(Clone)]
pub struct FakeDevice {
    driver: FakeDriver,
    card: Card,
}

impl FakeDevice {
    fn ranges(&self) -> Vec<SupportedStreamConfigRange> {
        let Card { rate_hz, channels, format, .. } = self.card;
        vec![SupportedStreamConfigRange::new(channels, rate_hz, rate_hz, self.blocks(), format)]
    }

    fn blocks(&self) -> SupportedBufferSize {
        SupportedBufferSize::Range { min: 1, max: 65_536 }
    }
}

impl DeviceTrait for FakeDevice {
    type SupportedInputConfigs = std::vec::IntoIter<SupportedStreamConfigRange>;
    type SupportedOutputConfigs = std::vec::IntoIter<SupportedStreamConfigRange>;
    type Stream = FakeStream;

    fn description(&self) -> Result<DeviceDescription, Error> {
        Ok(DeviceDescriptionBuilder::new(self.card.name).build())
    }

    fn id(&self) -> Result<DeviceId, Error> {
        Ok(DeviceId::new(cpal::HostId::Custom, self.card.name))
    }

    fn supports_output(&self) -> bool {
        true
    }

    fn supported_input_configs(&self) -> Result<Self::SupportedInputConfigs, Error> {
        Ok(Vec::new().into_iter())
    }

    fn supported_output_configs(&self) -> Result<Self::SupportedOutputConfigs, Error> {
        Ok(self.ranges().into_iter())
    }

    fn default_input_config(&self) -> Result<SupportedStreamConfig, Error> {
        Err(Error::new(ErrorKind::UnsupportedConfig))
    }

    fn default_output_config(&self) -> Result<SupportedStreamConfig, Error> {
        let Card { rate_hz, channels, format, .. } = self.card;
        Ok(SupportedStreamConfig::new(channels, rate_hz, self.blocks(), format))
    }

    fn build_input_stream_raw<D, E>(
        &self,
        _: StreamConfig,
        _: SampleFormat,
        _: D,
        _: E,
        _: Option<Duration>,
    ) -> Result<Self::Stream, Error>
    where
        D: FnMut(&Data, &InputCallbackInfo) + Send + 'static,
        E: FnMut(Error) + Send + 'static,
    {
        Err(Error::new(ErrorKind::UnsupportedConfig))
    }

    fn build_output_stream_raw<D, E>(
        &self,
        config: StreamConfig,
        format: SampleFormat,
        fill: D,
        tell: E,
        _: Option<Duration>,
    ) -> Result<Self::Stream, Error>
    where
        D: FnMut(&mut Data, &OutputCallbackInfo) + Send + 'static,
        E: FnMut(Error) + Send + 'static,
    {
        let card = self.card;
        lock(&self.driver.shared.world).attempts += 1;
        let mut world = self.driver.wait_while(|world| world.hangs_on_open);
        if let Some(why) = world.refuses {
            return Err(Error::new(why));
        }
        let form = (config.channels, config.sample_rate, format);
        let size = match (card.only_block, config.buffer_size) {
            (Some(only), cpal::BufferSize::Fixed(frames)) => frames == only,
            _ => true,
        };
        if form != (card.channels, card.rate_hz, card.format) || !size {
            return Err(Error::new(ErrorKind::UnsupportedConfig));
        }
        let calls = Mutex::new(Calls { fill: Box::new(fill), tell: Box::new(tell) });
        let open = Arc::new(Open { card, config, state: Mutex::default(), calls });
        world.streams.push(Arc::clone(&open));
        Ok(FakeStream { driver: self.driver.clone(), open })
    }
}

impl std::fmt::Display for FakeDevice {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        f.write_str(self.card.name)
    }
}

impl PartialEq for FakeDevice {
    fn eq(&self, other: &Self) -> bool {
        self.card == other.card
    }
}

impl Eq for FakeDevice {}

impl std::hash::Hash for FakeDevice {
    fn hash<H: std::hash::Hasher>(&self, state: &mut H) {
        self.card.name.hash(state);
    }
}

impl std::fmt::Debug for FakeDevice {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        self.card.fmt(f)
    }
}

/// What plays until it is dropped. The test still holds its callback then, as a driver does that hangs.
pub struct FakeStream {
    driver: FakeDriver,
    open: Arc<Open>,
}

impl StreamTrait for FakeStream {
    fn play(&self) -> Result<(), Error> {
        lock(&self.open.state).plays = true;
        Ok(())
    }

    fn pause(&self) -> Result<(), Error> {
        lock(&self.open.state).plays = false;
        Ok(())
    }

    fn now(&self) -> StreamInstant {
        StreamInstant::new(0, 0)
    }

    fn buffer_size(&self) -> Result<u32, Error> {
        Err(Error::new(ErrorKind::UnsupportedOperation))
    }
}

impl Drop for FakeStream {
    fn drop(&mut self) {
        drop(self.driver.wait_while(|world| world.hangs_on_close));
        lock(&self.open.state).closed = true;
    }
}
