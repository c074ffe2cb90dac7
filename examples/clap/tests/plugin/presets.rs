//! The library's presets in the host's browser.

use crate::daw::{Daw, Ev, RATE, apart, peak, step};
use clack_extensions::preset_discovery::indexer::IndexerImpl;
use clack_extensions::preset_discovery::metadata_receiver::MetadataReceiverImpl;
use clack_extensions::preset_discovery::prelude::*;
use clack_extensions::preset_discovery::provider::Provider;
use clack_host::host::HostError;
use clack_host::prelude::*;
use std::ffi::{CStr, CString};
use tanpura::preset::BUILT_IN;
use tanpura_clap::{PLUGIN_ID, TanpuraEntry};

/// A browser that counts places and keeps what it is told of presets: name, key, plugin, description.
#[derive(Default)]
struct Browser {
    places: usize,
    told: Vec<[Option<CString>; 4]>,
}

impl IndexerImpl for Browser {
    fn declare_filetype(&mut self, _: FileType) -> Result<(), HostError> {
        Ok(())
    }
    fn declare_location(&mut self, location: LocationInfo) -> Result<(), HostError> {
        assert_eq!(location.location, Location::Plugin);
        self.places += 1;
        Ok(())
    }
    fn declare_soundpack(&mut self, _: Soundpack) -> Result<(), HostError> {
        Ok(())
    }
}

impl MetadataReceiverImpl for Browser {
    fn on_error(&mut self, _: i32, message: Option<&CStr>) {
        panic!("{message:?}");
    }
    fn begin_preset(&mut self, name: Option<&CStr>, key: Option<&CStr>) -> Result<(), HostError> {
        self.told.push([name.map(CStr::to_owned), key.map(CStr::to_owned), None, None]);
        Ok(())
    }
    fn add_plugin_id(&mut self, id: UniversalPluginId) {
        self.told.last_mut().expect("a preset")[2] = Some(id.id.to_owned());
    }
    fn set_description(&mut self, text: &CStr) {
        self.told.last_mut().expect("a preset")[3] = Some(text.to_owned());
    }
    fn set_soundpack_id(&mut self, _: &CStr) {}
    fn set_flags(&mut self, _: Flags) {}
    fn add_creator(&mut self, _: &CStr) {}
    fn set_timestamps(&mut self, _: Option<Timestamp>, _: Option<Timestamp>) {}
    fn add_feature(&mut self, _: &CStr) {}
    fn add_extra_info(&mut self, _: &CStr, _: &CStr) {}
}

pub(crate) fn load(daw: &mut Daw, key: &str) -> bool {
    let presets: PluginPresetLoad = daw.handle().get_extension().expect("presets");
    let key = CString::new(key).expect("a key");
    presets.load_from_location(&daw.handle(), Location::Plugin, Some(&key)).is_ok()
}

#[test]
fn a_browser_finds_every_preset() {
    let entry = PluginEntry::load_from_clack::<TanpuraEntry>(c"").expect("the entry");
    let info = HostInfo::new("tests", "tanpura", "", "1").expect("a host");
    let mut provider =
        Provider::instantiate(Browser::default(), &entry, c"tanpura.presets", &info).expect("a provider");
    assert_eq!(provider.indexer().places, 1);
    let mut browser = Browser::default();
    provider.get_metadata(Location::Plugin, &mut browser);
    assert_eq!(browser.told.len(), BUILT_IN.len());
    for ((key, _), [name, told, plugin, description]) in BUILT_IN.iter().zip(browser.told) {
        assert_eq!(told.expect("a key").to_str(), Ok(*key));
        assert_eq!(plugin.as_deref(), Some(PLUGIN_ID));
        assert!(name.is_some_and(|name| !name.is_empty()) && description.is_some(), "{key}");
    }
}

#[test]
fn every_preset_is_loaded_and_sounds_without_a_click_on_the_way() {
    let mut daw = Daw::playing(&[("mode", 2.0), ("release", 3.0)], RATE);
    daw.render(96_000, &[], || 512);
    let mut worst = (0.0f32, "");
    let mut steady = 0.0f32;
    for (key, _) in &BUILT_IN {
        assert!(load(&mut daw, key), "{key}");
        let change = daw.render(57_600, &[], || 512);
        let settled = daw.render(240_000, &[], || 512);
        assert!(
            settled.as_flattened().iter().all(|x| x.is_finite() && x.abs() < 1.0) && peak(&settled) > 0.01,
            "{key}"
        );
        let ratio = step(&change) / steady.max(step(&settled));
        steady = step(&settled);
        worst = if ratio > worst.0 { (ratio, key) } else { worst };
        assert_eq!((daw.get("mode"), daw.get("release")), (2.0, 3.0));
    }
    println!("{} presets: largest step on the way {:.2} of a steady one ({})", BUILT_IN.len(), worst.0, worst.1);
    assert!(worst.0 < 2.0);
}

#[test]
fn the_last_of_several_presets_is_there_with_the_next_key() {
    // Whole blocks of the instrument's own, so that the key finds it at the start of one, as it finds the other.
    let mut daw = Daw::playing(&[], RATE);
    daw.render(RATE as usize, &[], || 512);
    assert_eq!(daw.status, ProcessStatus::Sleep);
    // Somebody looks through the list while nothing sounds. The host processes no block but those that are asked for.
    for key in ["malkauns", "marwa-dha", "instrumental"] {
        assert!(load(&mut daw, key) && daw.is_woken(), "{key}");
        daw.render(512, &[], || 512);
        assert_eq!(daw.status, ProcessStatus::Sleep);
    }
    let heard = daw.render(96_000, &[(0, Ev::On(50, 0.5))], || 512);
    let mut alone = Daw::new();
    assert!(load(&mut alone, "instrumental"));
    alone.activate(RATE).expect("it sounds");
    assert_eq!(apart(&heard, &alone.render(96_000, &[(0, Ev::On(50, 0.5))], || 512)), None);
}

#[test]
fn a_preset_without_a_tonic_leaves_sa_where_the_musician_has_it() {
    let mut daw = Daw::new();
    daw.set("tonic", 16.0);
    assert!(load(&mut daw, "malkauns"));
    assert_eq!((daw.get("tonic"), daw.get("pattern")), (16.0, 2.0));
    assert!(load(&mut daw, "female"));
    assert_eq!((daw.get("tonic"), daw.get("model")), (21.0, 2.0));
    let values = daw.values();
    assert!(!load(&mut daw, "what nobody plays") && daw.values() == values);
}
